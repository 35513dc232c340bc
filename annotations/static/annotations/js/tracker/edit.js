/**
 * Editing in the cell: E, F2 or a double click opens it, Enter keeps, Esc drops, leaving the cell keeps. What was typed is never lost to a
 * refusal, and never written over somebody else's change without being shown theirs.
 */
import { sides } from "../conflict.js";
import { h } from "../dom.js";
import { announce, setSaveState } from "../messages.js";
import { t } from "../words.js";
import { editorFor } from "./editors.js";

/** Safari sends the Enter that ended a composition after compositionend. */
const AFTER_COMPOSITION = 60;

export class CellEditing {
  /** @type {{cell: HTMLElement, row: HTMLElement, editor: import("./editors.js").Editor, box: HTMLElement, version: string, busy: boolean}|null} */
  open = null;
  #composed = -Infinity;

  /** @param {{grid: import("./grid.js").Grid, saver: import("./save.js").Saver, boot: object}} parts */
  constructor({ grid, saver, boot }) {
    Object.assign(this, { grid, saver, boot });
    grid.home.addEventListener("dblclick", (event) => {
      const cell = event.target.closest("[data-edit]");
      if (cell && !this.open && !event.target.closest("input, button")) this.start(cell);
    });
    grid.home.addEventListener("focusout", (event) => this.#left(event));
    addEventListener("beforeunload", (event) => this.dirty && event.preventDefault());
  }

  get dirty() {
    return Boolean(this.open) && this.open.editor.value() !== this.open.editor.before;
  }

  /** The current cell, or the text of the current row where the cell has nothing to edit. @returns {boolean} */
  startHere() {
    const { cell, current } = this.grid;
    if (!current) return false;
    return this.start(cell?.dataset.edit ? cell : current.querySelector('[data-edit="text"]'));
  }

  /** @param {HTMLTableCellElement|null} cell */
  start(cell) {
    if (this.open || !cell) return false;
    const coming = this.saver.coming(cell.parentElement.dataset.id);
    if (coming) return void coming.then(() => this.startHere()); // edit what will stand there, not what is about to go
    const why = this.#forbidden(cell.dataset.edit);
    const editor = why ? null : editorFor(cell, this.boot);
    if (!editor) {
      announce(why || t("There are no tags to choose from yet."));
      return this.saver.refuse(why || t("There are no tags to choose from yet."));
    }
    this.grid.go({ id: cell.parentElement.dataset.id, col: cell.dataset.col }, { focus: false });
    const hint = h("div", { class: "hint-line" }, h("kbd", { text: "Enter" }), ` ${t("keep")}`, h("kbd", { text: "Esc" }), ` ${t("drop")}`);
    const box = h("div", { class: "cell-editor" }, editor.element, hint);
    cell.append(box);
    cell.classList.add("editing");
    this.open = { cell, row: cell.parentElement, editor, box, version: cell.parentElement.dataset.version, busy: false };
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("compositionend", (event) => (this.#composed = event.timeStamp));
    if (editor.name) editor.field.setAttribute("aria-label", editor.name);
    box.scrollIntoView({ block: "nearest", inline: "nearest" });
    editor.field.focus({ preventScroll: true });
    editor.field.select?.();
    return true;
  }

  #forbidden(edit) {
    const { can } = this.boot;
    if (edit === "owner") return can.assign_others && can.assign_self;
    return edit === "tags" ? can.annotate : can.edit_statement;
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    if (event.key === "Enter" && event.timeStamp - this.#composed < AFTER_COMPOSITION) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) this.keep({ stay: true });
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.drop();
    }
  }

  #left(event) {
    const { open } = this;
    if (!open || open.busy || !open.cell.contains(event.target) || open.cell.contains(event.relatedTarget)) return;
    // The window lost the focus, or a dialog took it: the cell stays open.
    setTimeout(() => this.open === open && document.hasFocus() && !document.querySelector("dialog[open]") && !open.cell.contains(document.activeElement) && this.keep({ stay: false }));
  }

  /** Put back what stood there. */
  drop() {
    const { open } = this;
    if (!open) return false;
    this.#close(open);
    open.cell.focus();
    if (open.stale) this.saver.renew([open.row.dataset.id]);
    return true;
  }

  /** @param {{stay: boolean}} how stay: the cell keeps the focus */
  async keep({ stay }) {
    const { open } = this;
    if (!open || open.busy) return;
    const value = open.editor.value();
    if (value === open.editor.before && !open.stale) {
      this.#close(open);
      if (stay) open.cell.focus();
      return;
    }
    open.busy = true;
    open.cell.classList.add("saving");
    try {
      await this.saver.save(open.row, open.version, open.editor, value);
      this.#close(open);
      if (stay) open.cell.focus({ preventScroll: true }); // keys pressed while the row is fetched still find it
      await this.saver.renew([open.row.dataset.id], { focus: stay });
    } catch (error) {
      await this.#failed(open, error, value);
    }
  }

  async #failed(open, error, value) {
    open.busy = false;
    open.cell.classList.remove("saving");
    if (error.kind === "stale") return this.#conflict(open, value, error.current);
    setSaveState(error.kind === "network" ? "offline" : "refused", { why: error.message });
    this.#tell(open, h("span", { class: "wrong", role: "alert", text: error.message }), ...(error.kind === "network" ? [t("Enter tries again.")] : []));
    open.editor.field.focus();
    return undefined;
  }

  /** Somebody else changed the row: what they left alone is saved all the same; of what both changed, theirs is shown, mine stays in the field. */
  async #conflict(open, value, current) {
    const now = current?.id ? current : await this.saver.fetch(open.row).catch(() => null);
    if (!now) return this.#tell(open, h("span", { class: "wrong", role: "alert", text: t("Somebody changed this row; it cannot be fetched now.") }));
    const { editor } = open;
    open.version = String(now.version);
    if (editor.held(now) === value) return this.#same(open);
    if (editor.held(now) === editor.before && !open.stale) return this.keep({ stay: open.box.contains(document.activeElement) });
    open.stale = true;
    setSaveState("refused", { why: t("Somebody changed this row.") });
    const mine = editor.field.selectedOptions?.[0]?.textContent ?? (editor.name ? undefined : String(value));
    const words = sides({ theirs: editor.theirs(now) ?? "", mine });
    words.setAttribute("role", "alert");
    this.#tell(open, words, h("kbd", { text: "Enter" }), ` ${t("keep mine")}`, h("kbd", { text: "Esc" }), ` ${t("take theirs")}`);
    editor.field.focus();
    return undefined;
  }

  async #same(open) {
    this.#close(open);
    setSaveState("saved");
    await this.saver.renew([open.row.dataset.id], { focus: true });
  }

  #tell(open, ...words) {
    open.cell.querySelector(".hint-line")?.replaceChildren(...words);
  }

  #close(open) {
    this.open = null;
    open.cell.classList.remove("editing", "saving");
    open.box.remove();
  }
}
