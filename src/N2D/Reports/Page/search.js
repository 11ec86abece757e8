import { count, element } from "./dom.js";

const maxHits = 12;

/** Finds rows by their name, a category or a text. */
export class Search {
  #input;
  #list;
  #source;
  #actions;

  constructor(input, list, source, actions) {
    this.#input = input;
    this.#list = list;
    this.#source = source;
    this.#actions = actions;
    let timer;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#find(input.value.trim().toLowerCase()), 150);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
      if (event.key === "ArrowDown") list.querySelector("button")?.focus();
    });
    list.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  #close() {
    this.#input.value = "";
    this.#list.hidden = true;
  }

  async #find(text) {
    if (text === "") {
      this.#list.hidden = true;
      return;
    }
    const { fields, names, rows } = await this.#source.load();
    const categories = fields.filter((field) => field.isCategory).map((field) =>
      ({ field, hits: [...field.categories, field.missing].map((name) => name.toLowerCase().includes(text)) }))
      .filter(({ hits }) => hits.includes(true));
    const texts = fields.filter((field) => field.isText);
    const marks = new Uint8Array(rows);
    const found = [];
    let total = 0;
    for (let row = 0; row < rows; row++) {
      const name = names === null ? String(row) : names[row];
      const isNamed = name.toLowerCase().includes(text);
      if (isNamed || categories.some(({ field, hits }) => hits[field.code(row)])
        || texts.some((field) => field.text(row).toLowerCase().includes(text))) {
        marks[row] = 1;
        total++;
        // Rows of exactly this name come first.
        if (name.toLowerCase() === text) found.unshift(row);
        else if (found.length < maxHits) found.push(row);
      }
    }
    this.#show(found.slice(0, maxHits), total, marks, names, fields);
  }

  #show(found, total, marks, names, fields) {
    const items = found.map((row) => {
      const [first, second] = [...fields.filter((field) => field.isText).map((field) => field.text(row)),
        ...fields.filter((field) => field.isCategory).map((field) => `${field.name} ${field.text(row)}`)];
      return element("li", {}, element("button", { type: "button", onclick: () => this.#actions.show(row) },
        element("bdi", { textContent: names === null ? String(row) : names[row] }),
        element("small", { textContent: [first, second].filter((text) => text !== undefined).join(", ") })));
    });
    const head = total === 0 ? element("li", { textContent: "No rows found" })
      : element("li", {}, element("button", {
        type: "button", className: "all", textContent: `Select all ${count(total)} found`, onclick: () => this.#actions.select(marks),
      }));
    this.#list.replaceChildren(head, ...items);
    this.#list.hidden = false;
  }
}
