// Evidence: what was chosen is told with its size, kept in the browser, and sent piece by piece until it arrives.

import { fieldsOf } from "./report-fields.js";
import { shrunk } from "./report-photos.js";
import { Refusal, headers, judge, renewToken, signedOut } from "./report-server.js";

const OFFLINE = "No hay conexión con el portal.";
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
const sizes = new Intl.NumberFormat("es-CO", { maximumFractionDigits: 1 });

const sizeOf = (file) =>
  file.size < 1_000_000 ? `${sizes.format(Math.max(1, Math.round(file.size / 1000)))} KB` : `${sizes.format(file.size / 1_000_000)} MB`;

export class Files {
  constructor(draft) {
    this.draft = draft;
    const { form } = draft;
    this.form = form;
    this.input = form.elements.evidence_file;
    this.list = form.querySelector("[data-chosen]");
    this.bar = form.querySelector("[data-upload]");
    this.button = form.querySelector("[data-attach-button]");
    this.isQueued = false; // the person asked to attach them
    this.wait = FIRST_WAIT;
    this.input.addEventListener("change", () => this.choose());
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.attach();
    });
    form.addEventListener("restored", (event) => this.restore(event.detail));
    draft.files = this;
  }

  get chosen() {
    return [...this.input.files];
  }

  set chosen(files) {
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    this.input.files = held.files;
    this.show();
  }

  get hasSomething() {
    return this.chosen.length > 0 || this.form.elements.evidence_url.value.trim() !== "" || this.reused.length > 0;
  }

  get reused() {
    return [...this.form.querySelectorAll("[name=evidence_reuse]:checked")].map((box) => box.value);
  }

  async choose() {
    const before = new Map(this.chosen.map((file) => [file.name, file]));
    const small = await Promise.all(this.chosen.map(shrunk));
    this.saved = [...before.values()].reduce((sum, file) => sum + file.size, 0) - small.reduce((sum, file) => sum + file.size, 0);
    this.chosen = small;
    await this.draft.store();
  }

  show() {
    this.list.hidden = !this.chosen.length;
    this.list.replaceChildren(
      ...this.chosen.map((file) => {
        const item = document.createElement("li");
        item.textContent = `${file.name} · ${sizeOf(file)}`;
        return item;
      }),
    );
    if (this.chosen.length && this.saved > 0) {
      const item = document.createElement("li");
      item.textContent = `Las fotos se redujeron para enviarlas más rápido: ${sizeOf({ size: this.saved })} menos.`;
      this.list.append(item);
    }
  }

  restore(record) {
    const isBegun = record.files?.length || record.pairs.some(([name, value]) => name.startsWith("evidence_") && value);
    if (isBegun) this.form.querySelector("[data-addition]").open = true;
    if (!record.files?.length) return;
    this.chosen = record.files;
    this.isQueued = record.isQueued;
    this.resume();
  }

  resume() {
    if (this.isQueued && !this.running) this.attach();
  }

  // Resolves to true when the portal has everything that was chosen.
  attach() {
    this.running ??= this.draft.inTurn(() => this.sendAll()).finally(() => {
      this.running = null;
      this.bar.hidden = true;
    });
    return this.running;
  }

  async sendAll() {
    if (!this.hasSomething) {
      this.tell("Elija un archivo, escriba un enlace o marque una evidencia ya aportada.", "failed");
      return false;
    }
    this.isQueued = true;
    await this.draft.store();
    try {
      const files = this.chosen;
      if (this.form.elements.evidence_url.value.trim() || this.reused.length || !files.length) await this.sendRest();
      for (const [place, file] of files.entries()) {
        this.tell(`Enviando ${file.name}…`);
        this.arrived(await this.sendOne(file));
        this.chosen = files.slice(place + 1);
        await this.draft.store();
      }
      this.forget();
      this.tell("La evidencia quedó adjunta.");
      this.draft.touch(); // the draft no longer has an addition to be made
      return true;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      this.wasRefused(refusal);
      return false;
    }
  }

  async sendRest() {
    const body = this.body();
    body.append("evidence_url", this.form.elements.evidence_url.value);
    for (const key of this.reused) body.append("evidence_reuse", key);
    this.arrived(await this.upload(body));
    this.form.elements.evidence_url.value = "";
    for (const box of this.form.querySelectorAll("[name=evidence_reuse]:checked")) {
      box.checked = false;
      box.closest("label").hidden = true;
    }
  }

  sendOne(file) {
    const body = this.body();
    body.append("evidence_file", file, file.name);
    return this.upload(body);
  }

  body() {
    const body = new FormData();
    for (const name of ["evidence_classification", "evidence_ground", "evidence_description"]) {
      const field = fieldsOf(this.form).find((one) => one.name === name && (one.type !== "radio" || one.checked));
      body.append(name, field?.value ?? "");
    }
    for (const [name, value] of Object.entries(this.draft.version)) body.append(name, value);
    for (const name of ["office", "text"]) {
      if (this.form.elements[name]) body.append(name, this.form.elements[name].value);
    }
    return body;
  }

  async upload(body, isSecond = false) {
    this.bar.hidden = false;
    const { status, answer, isElsewhere } = await new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const address = this.form.dataset.attach;
      request.open("POST", address);
      for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) this.bar.value = (event.loaded / event.total) * 100;
      };
      request.onload = () => resolve({ status: request.status, answer: dataOf(request), isElsewhere: wasSentAway(request, address) });
      request.onerror = request.ontimeout = () => reject(new Refusal(OFFLINE, { again: true }));
      request.send(body);
    });
    if (status === 403 && !isSecond) {
      await renewToken();
      return this.upload(body, true);
    }
    if (isElsewhere) throw signedOut();
    return judge(status, answer);
  }

  arrived(answer) {
    this.wait = FIRST_WAIT;
    if (answer.is_own || !this.draft.revision.value) this.draft.version = { revision: answer.revision };
    const page = new DOMParser().parseFromString(answer.html, "text/html");
    this.form.querySelector("[data-attached]").replaceChildren(...page.body.childNodes);
  }

  forget() {
    this.isQueued = false;
    this.saved = 0;
    this.chosen = [];
    for (const field of this.form.querySelectorAll("[data-addition] :is(input, textarea)")) {
      if (field.type === "radio") field.checked = false;
      else if (field.type !== "file") field.value = "";
    }
  }

  wasRefused(refusal) {
    if (refusal.answer?.status === 409 || refusal.isSignedOut) {
      this.draft.wasRefused(refusal);
      return;
    }
    if (!refusal.again) {
      this.isQueued = false;
      this.draft.store();
      this.tell(refusal.message, "failed");
      return;
    }
    this.tell("Sin conexión: los archivos quedan en este equipo y se adjuntarán cuando vuelva.", "failed");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.resume(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  tell(words, kind) {
    this.draft.tell(words, kind);
  }
}

// A session that ended is answered with the page to sign in.
const wasSentAway = (request, address) =>
  new URL(request.responseURL).pathname !== new URL(address, location.href).pathname;

function dataOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}
