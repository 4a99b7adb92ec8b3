// Copying, sending and printing a page: each button appears only where the browser can do what it says.

const share = document.querySelector("[data-share]");

if (share) {
  const address = share.querySelector("input");
  const said = share.querySelector("[data-share-said]");
  const ways = {
    copy: {
      is_possible: () => Boolean(navigator.clipboard),
      run: async () => {
        await navigator.clipboard.writeText(address.value);
        said.textContent = "Dirección copiada";
      },
    },
    send: {
      is_possible: () => Boolean(navigator.share),
      run: () => navigator.share({ title: document.title, url: address.value }),
    },
    print: { is_possible: () => true, run: async () => window.print() },
  };

  for (const button of share.querySelectorAll("button")) {
    const way = ways[button.dataset.shareDo];
    button.hidden = !way.is_possible();
    button.addEventListener("click", () => {
      said.textContent = "";
      // Who closes the list of applications has changed their mind, and a refusal leaves the address to copy by hand.
      way.run().catch(() => address.select());
    });
  }
  address.addEventListener("focus", () => address.select());
}
