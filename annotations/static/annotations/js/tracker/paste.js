/**
 * A pasted column and filling down: the words are read by the server and shown, cell by cell, before anything is written.
 */
import { h } from "../dom.js";
import { t, tn } from "../words.js";
import { colOf } from "./grid.js";
import { fromTsv, spread } from "./rows-text.js";

export class Pasting {
  /** @param {{grid: import("./grid.js").Grid, selection: import("./selection.js").Selection, saver: import("./save.js").Saver, api: object, url: string}} parts */
  constructor({ grid, selection, saver, api, url }) {
    Object.assign(this, { grid, selection, saver, api, url });
  }

  /** @param {string} text from the clipboard @returns {boolean} whether there was a cell for it */
  paste(text) {
    const { cell } = this.grid;
    if (!cell?.dataset.edit || !text) return false;
    const words = fromTsv(text);
    const single = words.length === 1 && words[0].length === 1;
    const rows = single && !this.#chosen() ? [this.grid.current] : this.#rows();
    const cells = spread(words, rows.map((row) => row.dataset.id), this.#columns(cell));
    if (cells.length === 1) this.#write(this.#versioned(cells));
    else this.#preview(cells);
    return true;
  }

  /** The words of the first chosen row's cell in this column go to all others. @param {(cell: HTMLElement) => string} words */
  fillDown(words) {
    const { cell } = this.grid;
    const [first, ...others] = this.selection.rows;
    if (!cell?.dataset.edit || !others.length) return this.saver.refuse(t("Choose several rows, and the column to fill."));
    const from = words(first.querySelector(`[data-col="${colOf(cell)}"]`));
    this.#preview(others.map((row) => ({ id: Number(row.dataset.id), column: colOf(cell), words: from })));
    return true;
  }

  /** Whether the current row is one of several chosen ones. */
  #chosen() {
    return this.selection.ids.size > 1 && this.selection.ids.has(this.grid.current.dataset.id);
  }

  /** The chosen rows when the current one is among them, else the current one and those below. */
  #rows() {
    const { rows, current } = this.grid;
    return this.#chosen() ? this.selection.rows : rows.slice(rows.indexOf(current));
  }

  #columns(cell) {
    const cells = [...cell.parentElement.cells].filter((one) => one.checkVisibility());
    return cells.slice(cells.indexOf(cell)).map(colOf);
  }

  #versioned(cells) {
    return cells.map((cell) => ({ ...cell, version: Number(this.grid.row(cell.id)?.dataset.version) || undefined }));
  }

  async #preview(cells) {
    const sent = this.#versioned(cells);
    try {
      const { data } = await this.api.post(this.url, { cells: sent, preview: true });
      this.#show(sent, data.changes);
    } catch (error) {
      this.saver.refuse(error.message);
    }
  }

  #show(cells, changes) {
    const good = changes.filter((one) => !one.problem && one.before !== one.after);
    const heads = this.grid.table.tHead.rows[0];
    const name = (code) => heads.querySelector(`[data-col="${code}"]`)?.textContent.trim() ?? code;
    const line = (one) => h("tr", {}, h("th", { scope: "row", class: "num", text: one.label }), h("td", { text: name(one.column) }), h("td", {}, ...outcome(one)));
    const dialog = h(
      "dialog", { class: "dialog wide", "aria-labelledby": "paste-title", on: { close: () => this.#closed(dialog, cells) } },
      h(
        "form", { method: "dialog" },
        h("div", { class: "dialog-head" }, h("h2", { id: "paste-title", text: tn("Write 1 cell?", "Write {n} cells?", good.length) })),
        h("div", { class: "dialog-body" }, h("div", { class: "table-wrap" }, h("table", { class: "table preview-table" }, h("tbody", {}, ...changes.map(line))))),
        h(
          "div", { class: "dialog-foot" }, h("button", { class: "button quiet", value: "no", text: t("Cancel") }),
          h("button", { class: "button primary", value: "yes", text: t("Write"), disabled: good.length === 0, autofocus: true }),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  }

  async #closed(dialog, cells) {
    dialog.remove();
    this.grid.cell?.focus();
    if (dialog.returnValue === "yes") await this.#write(cells);
  }

  async #write(cells) {
    try {
      const data = await this.saver.during(async () => {
        const answer = await this.api.post(this.url, { cells });
        this.saver.wrote(answer.data.ops);
        return answer.data;
      });
      this.saver.tell(data);
      await this.saver.renew([...new Set(cells.map((cell) => String(cell.id)))], { focus: true });
    } catch (error) {
      this.saver.refuse(error.message);
    }
  }
}

function outcome({ before, after, problem }) {
  if (problem) return [h("span", { class: "wrong", text: `${after ? `${after}: ` : ""}${problem}` })];
  if (before === after) return [h("span", { class: "faint", text: t("as it is: {words}", { words: after || "—" }) })];
  return [h("del", { text: before || "—" }), " → ", h("ins", { text: after || "—" })];
}
