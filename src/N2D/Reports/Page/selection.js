import { count, element } from "./dom.js";

const maxListed = 100;

/** The selected rows: how many, the first ones as a table, and all as a CSV file. */
export class Selection {
  #panel;
  #source;
  #fileName;
  #clear;

  constructor(panel, source, fileName, clear) {
    this.#panel = panel;
    this.#source = source;
    this.#fileName = fileName;
    this.#clear = clear;
    this.marks = null;
  }

  /** The numbers of the selected rows. */
  get rows() {
    const rows = [];
    this.marks?.forEach((mark, row) => {
      if (mark !== 0) rows.push(row);
    });
    return rows;
  }

  /** Selects the marked rows; null selects nothing. */
  async set(marks) {
    this.marks = marks;
    const rows = this.rows;
    if (rows.length === 0) this.marks = null;
    this.#panel.hidden = this.marks === null;
    this.#panel.dataset.count = rows.length;
    if (this.marks === null) return;
    const { fields, names } = await this.#source.load();
    if (this.marks !== marks) return;
    const shown = fields.slice(0, 8);
    const head = element("tr", {}, ...[this.#source.rowName, ...shown.map((field) => field.name)].map((name) =>
      element("th", { scope: "col", textContent: name })));
    const body = rows.slice(0, maxListed).map((row) => element("tr", {},
      element("th", { scope: "row", textContent: names === null ? row : names[row] }),
      ...shown.map((field) => element("td", { className: field.kind, textContent: field.text(row) }))));
    this.#panel.replaceChildren(
      element("div", { className: "selection-head" },
        element("strong", { role: "status", textContent: `${count(rows.length)} ${rows.length === 1 ? "row" : "rows"} selected` }),
        element("button", { type: "button", textContent: "Download CSV", onclick: () => this.#download() }),
        element("button", { type: "button", textContent: "Clear", onclick: this.#clear })),
      element("details", {}, element("summary", { textContent: rows.length > maxListed ? `First ${maxListed} rows` : "Rows" }),
        element("div", { className: "scroll" }, element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)))));
  }

  /** The selected rows with all columns, as CSV. The byte order mark tells Excel that it is UTF-8. */
  async csv() {
    const { fields, names } = await this.#source.load();
    const lines = this.rows.map((row) => [names === null ? row : names[row], ...fields.map((field) => field.text(row))]);
    return "\ufeff" + [[this.#source.rowName, ...fields.map((field) => field.name)], ...lines]
      .map((line) => line.map(cell).join(",") + "\r\n").join("");
  }

  async #download() {
    const blob = new Blob([await this.csv()], { type: "text/csv" });
    const link = element("a", { href: URL.createObjectURL(blob), download: this.#fileName });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}

/** A cell of a CSV file. Texts are quoted, and one that a spreadsheet would run as a formula gets an apostrophe. */
function cell(value) {
  const text = String(value);
  if (/^([+-]?\d+(\.\d+)?(e[+-]?\d+)?)?$/i.test(text)) return text;
  return `"${/^[=+\-@\t\r\n＝＋－＠]/.test(text) ? "'" : ""}${text.replaceAll('"', '""')}"`;
}
