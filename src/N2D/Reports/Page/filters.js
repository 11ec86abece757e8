import { rampGradient } from "./colors.js";
import { count, element } from "./dom.js";

const maxCategories = 500;

/** The legend of the column that colors the map, which is also its filter: categories as check boxes, numbers as a range. */
export class Filters {
  #panel;
  #changed;
  #filters = new Map();

  constructor(panel, changed) {
    this.#panel = panel;
    this.#changed = changed;
  }

  /** Marks the rows that pass all filters. */
  apply(shown) {
    shown.fill(1);
    for (const [field, filter] of this.#filters) {
      for (let row = 0; row < shown.length; row++) {
        if (shown[row] !== 0 && !filter.passes(field, row)) shown[row] = 0;
      }
    }
  }

  /** Whether the filter of a column shows a category. */
  shows(field, code) {
    return !(this.#filters.get(field)?.hidden?.has(code) ?? false);
  }

  get isActive() {
    return this.#filters.size > 0;
  }

  clear() {
    this.#filters.clear();
    this.#changed();
  }

  /** Shows the legend of a loaded column. */
  draw(field, isDark) {
    this.#panel.replaceChildren(...(field.isCategory ? this.#categories(field, isDark) : this.#range(field, isDark)));
  }

  #categories(field, isDark) {
    const counts = field.counts();
    const palette = field.palette(isDark);
    const hidden = this.#filters.get(field)?.hidden ?? new Set();
    const codes = counts.map((_, code) => code).filter((code) => counts[code] > 0);
    const boxes = codes.slice(0, maxCategories).map((code) => {
      const box = element("input", { type: "checkbox", checked: !hidden.has(code) });
      box.addEventListener("change", () => this.#hide(field, hidden, [code], !box.checked));
      const swatch = element("span", { className: "swatch" });
      swatch.style.backgroundColor = palette[code];
      const only = element("button", { type: "button", className: "only", textContent: "only" });
      only.setAttribute("aria-label", `Show only ${field.nameOf(code)}`);
      only.addEventListener("click", () => {
        this.#hide(field, hidden, codes, true);
        this.#hide(field, hidden, [code], false);
        this.draw(field, isDark);
      });
      return element("li", {},
        element("label", {}, box, swatch, element("bdi", { className: "name", title: field.nameOf(code), textContent: field.nameOf(code) }),
          element("span", { className: "count", textContent: count(counts[code]) })), only);
    });
    const all = (label, isHidden) => element("button", {
      type: "button", textContent: label, onclick: () => {
        this.#hide(field, hidden, codes, isHidden);
        this.draw(field, isDark);
      },
    });
    return [
      element("div", { className: "legend-head" }, element("strong", { textContent: field.name }), all("All", false), all("None", true)),
      element("ul", {}, ...boxes),
      ...(codes.length > maxCategories ? [element("p", { textContent: `and ${count(codes.length - maxCategories)} more` })] : []),
    ];
  }

  #hide(field, hidden, codes, isHidden) {
    for (const code of codes) {
      if (isHidden) hidden.add(code);
      else hidden.delete(code);
    }
    if (hidden.size === 0) this.#filters.delete(field);
    else this.#filters.set(field, { hidden, passes: (by, row) => !hidden.has(by.code(row)) });
    this.#changed();
  }

  #range(field, isDark) {
    const bar = element("div", { className: "ramp" });
    bar.style.backgroundImage = rampGradient(isDark);
    const filter = this.#filters.get(field);
    const limits = [["From", field.low, filter?.from], ["To", field.high, filter?.to]].map(([label, end, limit]) => {
      const input = element("input", { type: "number", step: "any", defaultValue: field.format(end) });
      if (limit !== undefined) input.value = limit;
      input.addEventListener("change", () => this.#limit(field, ...limits.map((one) => limitOf(one.input))));
      return { input, label: element("label", {}, label, " ", input) };
    });
    return [
      element("div", { className: "legend-head" }, element("strong", { textContent: field.name })),
      bar,
      element("div", { className: "ends" }, element("span", { textContent: field.format(field.low) }),
        element("span", { textContent: field.format(field.high) })),
      element("div", { className: "limits" }, ...limits.map((one) => one.label)),
    ];
  }

  #limit(field, from, to) {
    if (from === undefined && to === undefined) this.#filters.delete(field);
    else {
      const least = from === undefined ? -Infinity : field.stored(from);
      const most = to === undefined ? Infinity : field.stored(to);
      this.#filters.set(field, { from, to, passes: (by, row) => by.number(row) >= least && by.number(row) <= most });
    }
    this.#changed();
  }
}

/** The number in an input; undefined if it is empty, or still the end of the column, which is rounded for the reader. */
function limitOf(input) {
  return input.value === input.defaultValue || Number.isNaN(input.valueAsNumber) ? undefined : input.valueAsNumber;
}
