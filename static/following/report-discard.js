// Before a draft is discarded: what this browser keeps of it is said, and erased when it goes.

import { drop, keyOf, take } from "./report-store.js";

const TEXTS = ["narrative", "difficulties", "source"];

// What a person tells it by: the longer texts and the chosen files; else that there is something.
function wordsOf({ pairs, files }) {
  const texts = pairs.filter(([name, value]) => TEXTS.includes(name) && value).map(([, value]) => `«${value}»`);
  return [...texts, ...files.map((file) => file.name)].join(", ") || "cifras o datos del formulario";
}

async function tell(form, key) {
  const record = await take(key);
  if (!record) return;
  const place = form.querySelector("[data-device]");
  place.querySelector("[data-at]").textContent = record.at;
  place.querySelector("[data-words]").textContent = wordsOf(record);
  place.hidden = false;
}

function begin(form) {
  const { account, period, report } = form.dataset;
  const key = keyOf({ account, period, activity: report });
  let isErased = false;
  form.addEventListener("submit", async (event) => {
    if (isErased) return;
    event.preventDefault();
    await drop(key); // or the page of the report would bring it back
    isErased = true;
    form.requestSubmit();
  });
  tell(form, key);
}

const form = document.querySelector("form[data-discard]");
if (form) begin(form);
