import { numberText, roundedText } from "./dom.js";

const largestCode = 65534;

/** A column of the map: a category, a number or a text for each row. */
export class Field {
  #description;
  #arrays;
  #values;
  #step;

  constructor(description, arrays) {
    this.#description = description;
    this.#arrays = arrays;
    this.name = description.name;
    this.categories = description.categories;
    this.missing = description.missing;
    this.low = description.low;
    this.high = description.high;
    this.offset = description.offset ?? 0;
  }

  get isCategory() {
    return this.categories !== undefined;
  }

  get isNumber() {
    return this.low !== undefined;
  }

  get isText() {
    return !this.isCategory && !this.isNumber;
  }

  /** The kind of the column: category, number or text. */
  get kind() {
    return this.isCategory ? "category" : this.isNumber ? "number" : "text";
  }

  /** Unpacks the values. The other methods require it. */
  async load() {
    this.#values ??= await this.#arrays.get(this.#description.values);
    // Many numbers are rounded to steps of their range.
    this.#step = this.#values instanceof Float32Array ? 0 : (this.high - this.low) / largestCode;
    return this;
  }

  get isLoaded() {
    return this.#values !== undefined;
  }

  /** The code of a row's category. The code after the last one is a missing category. */
  code(row) {
    return Math.min(this.#values[row], this.categories.length);
  }

  /** The number of a row without the offset; NaN if it is missing. */
  number(row) {
    const value = this.#values[row];
    if (this.#values instanceof Float32Array) return Number.isFinite(value) ? value : NaN;
    return value > largestCode ? NaN : this.low + value * this.#step;
  }

  /** The number without the offset that a number of the source has in this column: both round alike. */
  stored(number) {
    const value = number - this.offset;
    return this.#step === 0 ? Math.fround(value) : this.low + Math.round((value - this.low) / this.#step) * this.#step;
  }

  /** The category, number or text of a row as text. */
  text(row) {
    if (this.isText) return this.#values[row];
    return this.isCategory ? this.nameOf(this.code(row)) : this.format(this.number(row));
  }

  /** The name of a category. */
  nameOf(code) {
    return this.categories[code] ?? this.missing;
  }

  /** Writes a number of this column, as many digits as are exact. */
  format(number) {
    const value = number + this.offset;
    if (this.#step === 0) return numberText(value, this.offset === 0 ? 7 : 12);
    return roundedText(value, this.#description.isWhole ? Math.max(1, this.#step) : this.#step);
  }

  /** The number of rows of each category; the last one is the number of missing categories. */
  counts() {
    const counts = new Array(this.categories.length + 1).fill(0);
    for (let row = 0; row < this.#values.length; row++) counts[this.code(row)]++;
    return counts;
  }

  /** The colors of the categories in a theme, as hexadecimal codes; the last one is that of a missing category. */
  palette(isDark) {
    return isDark ? this.#description.dark : this.#description.light;
  }
}
