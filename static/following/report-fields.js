// The fields of a report form as pairs of name and text, and back: what is kept in the browser.

const OWN = new Set(["csrfmiddlewaretoken", "revision", "seen", "was", "do", "office", "detach", "evidence_reuse"]);

const isText = (field) => field.name && field.type !== "file" && field.type !== "submit" && !OWN.has(field.name);

export const fieldsOf = (form) => [...form.elements].filter(isText);

export function read(form) {
  return fieldsOf(form)
    .filter((field) => !["checkbox", "radio"].includes(field.type) || field.checked)
    .map((field) => [field.name, field.value]);
}

function byName(pairs) {
  const said = new Map();
  for (const [name, value] of pairs) said.set(name, [...(said.get(name) ?? []), value]);
  return said;
}

// `before`: where given, a field that says something else by now than those pairs is left as it is.
export function write(form, pairs, before = null) {
  const said = byName(pairs);
  const was = before && byName(before);
  const is = byName(read(form));
  for (const field of fieldsOf(form)) {
    if (was && String(was.get(field.name) ?? "") !== String(is.get(field.name) ?? "")) continue;
    const values = said.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

// A draft's answers, texts or lists, as pairs.
export const pairsOf = (answers) =>
  Object.entries(answers).flatMap(([name, said]) => (Array.isArray(said) ? said.map((one) => [name, one]) : [[name, said]]));

export const now = () => new Date().toLocaleTimeString("es-CO", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
