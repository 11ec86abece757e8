import { count, element } from "./dom.js";

const smallest = 34;
const gap = 5;
const apart = 3;
const spot = 7;
const rings = 7;
const directions = 12;

/**
 * The names of the clusters on the map, with their numbers of rows: where a large cluster is densest, and above a small one, which the name
 * would cover. A name that would overlap that of a larger cluster, or cover the middle of another cluster, moves to the nearest free place,
 * and a line leads from it to its cluster. If only places above other clusters are left, it takes one of these.
 */
export class Labels {
  #layer;
  #lines;
  #labels;

  constructor(layer, names, centers) {
    this.#layer = layer;
    this.#lines = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.#labels = centers.map(([x, y, top, rows], cluster) => ({
      x, y, top, isShown: true,
      span: element("span", {},
        element("bdi", { textContent: names[cluster] }), element("small", { textContent: count(rows) })),
      line: document.createElementNS("http://www.w3.org/2000/svg", "line"),
    }));
    this.#lines.append(...this.#labels.map(({ line }) => line));
    layer.append(this.#lines, ...this.#labels.map(({ span }) => span));
  }

  /** Shows the names of some clusters. */
  filter(isShown) {
    this.#labels.forEach((label, cluster) => (label.isShown = isShown(cluster)));
  }

  draw(camera) {
    const taken = [];
    const middles = this.#labels.filter((label) => label.isShown).map((label) => {
      const [x, y] = camera.toScreen(label.x, label.y);
      return { label, box: spotAt(x, y) };
    });
    for (const label of this.#labels) label.width ??= label.span.offsetWidth;
    for (const label of this.#labels) label.height ??= label.span.offsetHeight;
    for (const label of this.#labels) label.isCut ??= label.span.firstChild.scrollWidth > label.span.firstChild.offsetWidth;
    for (const { span, isCut } of this.#labels) span.classList.toggle("cut", isCut);
    for (const label of this.#labels) {
      const [left, middle] = camera.toScreen(label.x, label.y);
      const isOnScreen = label.isShown && left >= 0 && middle >= 0 && left <= camera.width && middle <= camera.height;
      const others = isOnScreen ? middles.filter((one) => one.label !== label).map(({ box }) => box) : [];
      const place = isOnScreen
        ? this.#find(label, left, middle, camera, [...taken, ...others]) ?? this.#find(label, left, middle, camera, taken) : null;
      label.span.style.visibility = place === null ? "hidden" : "visible";
      label.line.style.visibility = place?.isMoved ? "visible" : "hidden";
      if (place === null) continue;
      taken.push(place.box);
      label.span.style.transform = `translate(${place.box[0]}px, ${place.box[1]}px)`;
      if (place.isMoved) lead(label.line, left, middle, place.box);
    }
  }

  set hidden(value) {
    this.#layer.hidden = value;
  }

  /** The nearest free place for a name; null if there is none. */
  #find(label, left, middle, camera, taken) {
    const [, edge] = camera.toScreen(label.x, label.top);
    const center = middle - edge > smallest ? middle : Math.min(edge, middle) - label.height / 2 - gap;
    for (let ring = 0; ring <= rings; ring++) {
      for (let direction = 0; direction < (ring === 0 ? 1 : directions); direction++) {
        // The first direction is up. Names are wider than high, so that they move farther across.
        const angle = (2 * Math.PI * direction) / directions - Math.PI / 2;
        const x = left + Math.cos(angle) * ring * (label.height + label.width / 6);
        const y = center + Math.sin(angle) * ring * label.height;
        const box = [x - label.width / 2, y - label.height / 2, x + label.width / 2, y + label.height / 2];
        if (ring === 0) hold(box, camera);
        if (ring > 0 && overlap(box, spotAt(left, middle))) continue;
        if (isInside(box, camera) && !taken.some((other) => overlap(box, other))) return { box, isMoved: ring > 1 };
      }
    }
    return null;
  }
}

/** The points around the middle of a cluster, which names leave free. */
function spotAt(x, y) {
  return [x - spot, y - spot, x + spot, y + spot];
}

/** Moves a box into the map, if it is partly outside. */
function hold(box, camera) {
  const right = Math.max(0, -box[0]) - Math.max(0, box[2] - camera.width);
  const down = Math.max(0, -box[1]) - Math.max(0, box[3] - camera.height);
  box[0] += right;
  box[2] += right;
  box[1] += down;
  box[3] += down;
}

function isInside(box, camera) {
  return box[0] >= 0 && box[1] >= 0 && box[2] <= camera.width && box[3] <= camera.height;
}

function overlap(one, other) {
  return one[0] < other[2] + apart && other[0] < one[2] + apart && one[1] < other[3] + apart && other[1] < one[3] + apart;
}

/** Draws a line from a cluster to the nearest side of its name. */
function lead(line, left, top, box) {
  const ends = {
    x1: left, y1: top, x2: Math.min(Math.max(left, box[0]), box[2]), y2: Math.min(Math.max(top, box[1]), box[3]),
  };
  for (const [name, value] of Object.entries(ends)) line.setAttribute(name, value);
}
