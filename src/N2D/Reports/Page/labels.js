import { element } from "./dom.js";

const smallest = 34;
const gap = 5;

/**
 * The names of the clusters on the map: in the middle of a large cluster, and above a small one, which the name would cover. Of
 * names that would overlap, that of the larger cluster is shown.
 */
export class Labels {
  #layer;
  #labels;

  constructor(layer, names, centers) {
    this.#layer = layer;
    this.#labels = centers.map(([x, y, top], cluster) =>
      ({ x, y, top, span: element("span", { textContent: names[cluster] }), isShown: true }));
    layer.append(...this.#labels.map(({ span }) => span));
  }

  /** Shows the names of some clusters. */
  filter(isShown) {
    this.#labels.forEach((label, cluster) => (label.isShown = isShown(cluster)));
  }

  draw(camera) {
    const taken = [];
    for (const label of this.#labels) {
      const [left, middle] = camera.toScreen(label.x, label.y);
      const [, edge] = camera.toScreen(label.x, label.top);
      label.width ??= label.span.offsetWidth;
      label.height ??= label.span.offsetHeight;
      const top = middle - edge > smallest ? middle - label.height / 2 : edge - label.height - gap;
      const box = [left - label.width / 2, top, left + label.width / 2, top + label.height];
      const fits = label.isShown && box[0] >= 0 && box[1] >= 0 && box[2] <= camera.width && box[3] <= camera.height
        && !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
      label.span.style.visibility = fits ? "visible" : "hidden";
      if (fits) {
        taken.push(box);
        label.span.style.transform = `translate(${box[0]}px, ${box[1]}px)`;
      }
    }
  }

  set hidden(value) {
    this.#layer.hidden = value;
  }
}
