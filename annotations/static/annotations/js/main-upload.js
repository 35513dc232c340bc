/**
 * The upload page: many files at once, two on their way at a time, a bar for each, and a sentence for each that fails.
 */
import { byId, h } from "./dom.js";
import { announce, icon } from "./messages.js";
import { loadWords, t, tn } from "./words.js";

const AT_ONCE = 2;
const form = byId("upload");
const drop = byId("drop");
const list = byId("uploads");
const waiting = [];
let running = 0;
const totals = { all: 0, done: 0, failed: 0, present: 0 };

loadWords(JSON.parse(byId("words-upload")?.textContent ?? "{}"));

/** One file on its way: its row and what is asked with it. */
class Upload {
  /** @param {File} file */
  constructor(file) {
    this.file = file;
    this.key = crypto.randomUUID();
    this.bar = h("progress", { max: 100, value: 0, "aria-label": file.name });
    this.said = h("p", { class: "small soft", role: "status", text: t("Waiting") });
    this.actions = h("p", { class: "row small" });
    this.row = h("li", {}, h("p", { class: "title", text: file.name }), this.bar, this.said, this.actions);
    list.append(this.row);
  }

  /** Send it; `more` holds extra fields of the form. @param {Record<string, string>} more @param {string} [url] */
  send(more = { ask: "1" }, url = form.dataset.url) {
    const body = new FormData();
    body.append("file", this.file);
    for (const [name, value] of Object.entries(more)) body.append(name, value);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", document.querySelector("meta[name=csrf-token]").content);
    request.setRequestHeader("Idempotency-Key", this.key);
    request.upload.onprogress = (event) => this.progress(event);
    request.upload.onload = () => this.say(t("Reading"));
    request.onload = () => this.finish(request.status, parsed(request.responseText));
    request.onerror = () => this.fail(t("The server cannot be reached. Nothing was changed."), true);
    this.say(t("Sending"));
    request.send(body);
  }

  progress(event) {
    if (event.lengthComputable) this.bar.value = Math.round((90 * event.loaded) / event.total);
  }

  say(text, tone = "") {
    this.said.textContent = text;
    this.said.className = `small ${tone || "soft"}`;
  }

  finish(status, answer) {
    if (status === 201 || status === 200) this.done(answer);
    else if (status === 409 && ["document_exists", "document_named"].includes(answer.code)) this.present(answer);
    else this.fail(answer.detail ?? t("The server refused this ({status}). Nothing was changed.", { status }), status >= 500);
  }

  /** @param {object} answer a document, or a new version of one */
  done(answer) {
    totals.done += 1;
    this.bar.value = 100;
    const { blocks, folded_blocks: folded, repairs } = answer.current ?? answer;
    const mended = ["gloss", "lost-bytes", "broken-entity"].reduce((sum, kind) => sum + (repairs[kind] ?? 0), 0);
    const parts = [tn("{n} paragraph", "{n} paragraphs", blocks - folded)];
    if (mended) parts.push(tn("{n} repair", "{n} repairs", mended));
    if (folded) parts.push(tn("{n} repeated paragraph folded", "{n} repeated paragraphs folded", folded));
    this.say(`${t("Loaded")} · ${parts.join(" · ")}`);
    this.row.firstChild.replaceChildren(link(answer.document ?? answer.id, answer.title));
    next();
  }

  present(answer) {
    totals.present += 1;
    this.bar.remove();
    this.say(answer.detail, "caution");
    const id = answer.id;
    this.actions.append(
      link(id, t("Open it"), "button small"),
      ...(form.dataset.versions ? [button(t("Load as a new version"), () => this.retry({}, form.dataset.versions.replace("/0/", `/${id}/`)))] : []),
      button(answer.code === "document_named" ? t("Load as another document") : t("Load it all the same"), () => this.retry({ again: "1" })),
      button(t("Skip"), () => this.row.remove()),
    );
    next();
  }

  fail(sentence, again) {
    totals.failed += 1;
    this.bar.remove();
    this.said.replaceChildren(icon("stop"), ` ${sentence}`);
    this.said.className = "small stop";
    if (again) this.actions.append(button(t("Try again"), () => this.retry()));
    next();
  }

  retry(more = { ask: "1" }, url = undefined) {
    this.key = crypto.randomUUID();
    this.actions.replaceChildren();
    if (!this.bar.isConnected) this.said.before(this.bar);
    this.bar.value = 0;
    running += 1;
    this.send(more, url);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function link(id, text, classes = "") {
  return h("a", { href: form.dataset.read.replace("/0/", `/${id}/`), class: classes, text });
}

function button(text, act) {
  const made = h("button", { type: "button", class: "button small quiet", text });
  made.addEventListener("click", act);
  return made;
}

function next() {
  running -= 1;
  pump();
}

function pump() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    waiting.shift().send();
  }
  const summary = t("{done} of {all} loaded", totals) + (totals.failed ? ` · ${t("{failed} could not be read", totals)}` : "");
  byId("upload-summary").textContent = totals.all ? summary : "";
  if (!running && !waiting.length && totals.all) announce(summary);
}

/** @param {FileList} files */
function take(files) {
  const most = Number(form.dataset.maxFiles);
  for (const file of [...files].slice(0, most)) {
    const upload = new Upload(file);
    totals.all += 1;
    if (file.size > Number(form.dataset.maxBytes)) {
      running += 1;
      upload.fail(t("This file is larger than {limit} MB.", { limit: Math.round(form.dataset.maxBytes / 1e6) }), false);
    } else waiting.push(upload);
  }
  if (files.length > most) byId("upload-summary").textContent = t("Only the first {most} files were taken.", { most });
  pump();
}

byId("files").addEventListener("change", (event) => {
  take(event.target.files);
  event.target.value = "";
});
for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => over(event, true));
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, (event) => over(event, false));
drop.addEventListener("drop", (event) => take(event.dataTransfer.files));

function over(event, inside) {
  event.preventDefault();
  drop.classList.toggle("over", inside);
}
