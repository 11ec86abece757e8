import { element } from "./dom.js";

const maxFields = 14;
const imageScale = 4;

/** The card that describes a row: its name, its columns and its image. */
export class Details {
  #card;
  #source;

  constructor(card, source) {
    this.#card = card;
    this.#source = source;
    this.row = -1;
  }

  /** Shows a row next to a place on the stage; -1 shows nothing. */
  async show(row, left, top) {
    this.row = row;
    if (row < 0) {
      this.#card.hidden = true;
      return;
    }
    const { fields, names, pixels } = await this.#source.load();
    if (this.row !== row) return;
    const items = fields.slice(0, maxFields).flatMap((field) => [
      element("dt", { textContent: field.name }),
      element("dd", { className: field.kind }, element("bdi", { textContent: field.text(row) })),
    ]);
    const name = names === null ? String(row) : names[row];
    this.#card.replaceChildren(element("strong", {}, `${this.#source.rowName} `, element("bdi", { textContent: name })));
    if (pixels !== null) this.#card.append(this.#image(pixels, row));
    this.#card.append(element("dl", {}, ...items));
    if (fields.length > maxFields) this.#card.append(element("p", { textContent: `and ${fields.length - maxFields} more columns` }));
    this.#card.dataset.row = row;
    this.#card.hidden = false;
    this.#place(left, top);
  }

  #place(left, top) {
    const stage = this.#card.offsetParent;
    const [width, height] = [this.#card.offsetWidth, this.#card.offsetHeight];
    const x = left + 16 + width <= stage.clientWidth ? left + 16 : Math.max(0, left - 16 - width);
    const y = Math.max(0, Math.min(top - 12, stage.clientHeight - height));
    this.#card.style.transform = `translate(${x}px, ${y}px)`;
  }

  #image(pixels, row) {
    const { width, height } = this.#source.imageSize;
    const canvas = element("canvas", { width, height, role: "img" });
    canvas.setAttribute("aria-label", "Image of the row");
    canvas.style.width = `${Math.max(64, width * imageScale)}px`;
    const context = canvas.getContext("2d");
    const image = context.createImageData(width, height);
    const start = row * Math.ceil((width * height) / 2);
    for (let place = 0; place < width * height; place++) {
      const level = (pixels[start + (place >> 1)] >> (4 * (place & 1))) & 15;
      image.data.fill(244 - Math.round((level / 15) * 218), 4 * place, 4 * place + 3);
      image.data[4 * place + 3] = 255;
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }
}
