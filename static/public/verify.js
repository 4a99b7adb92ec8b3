// The SHA-256 of a person's copy, computed here: the file is not sent anywhere.

const GROUPED = /\B(?=(\d{3})+(?!\d))/g;

async function sumOf(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function said(tone, title, ...sentences) {
  const box = document.createElement("div");
  box.className = tone ? `notice notice-${tone}` : "notice";
  const heading = document.createElement("p");
  heading.className = "notice-title";
  heading.textContent = title;
  const lines = sentences.map((text) => Object.assign(document.createElement("p"), { textContent: text }));
  box.append(heading, ...lines);
  return box;
}

function bytes(number) {
  return `${String(number).replace(GROUPED, ".")} bytes`;
}

async function compared(file, expected) {
  const sum = await sumOf(file);
  if (sum === expected.sum) {
    return said("good", "Coincide", `«${file.name}» es idéntico al archivo que salió del portal.`);
  }
  const sizes = file.size === expected.size ? "Tiene el mismo tamaño, pero no el mismo contenido." :
    `Su copia tiene ${bytes(file.size)}; el archivo que salió del portal, ${bytes(expected.size)}.`;
  return said(
    "bad",
    "No coincide",
    `«${file.name}» no es idéntico al archivo que salió del portal: alguien lo cambió, se guardó de nuevo o es otro.`,
    sizes,
    `Huella de su copia: ${sum}`,
  );
}

function watch(place) {
  const input = place.querySelector("input");
  const result = place.querySelector(".copy-result");
  const expected = { sum: place.dataset.sum, size: Number(place.dataset.size) };
  let last = 0;
  input.addEventListener("change", async () => {
    const turn = ++last;
    const [file] = input.files;
    if (!file) return result.replaceChildren();
    result.replaceChildren(said("", "Calculando la huella de su copia."));
    let answer;
    try {
      answer = await compared(file, expected);
    } catch {
      answer = said("warn", "No se pudo leer el archivo", "Elíjalo de nuevo, o calcule la huella con una orden.");
    }
    if (turn === last) result.replaceChildren(answer);
  });
  place.hidden = false;
}

// Browsers compute it only where the connection is safe; elsewhere the orders beside it remain.
if (globalThis.crypto?.subtle) document.querySelectorAll(".copy-check").forEach(watch);
