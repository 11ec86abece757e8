import { Camera, pointSize } from "./camera.js";
import { paint } from "./colors.js";
import { PackedArrays } from "./data.js";
import { Details } from "./details.js";
import { count, element } from "./dom.js";
import { Field } from "./fields.js";
import { Filters } from "./filters.js";
import { Gestures } from "./gestures.js";
import { Grid } from "./grid.js";
import { Labels } from "./labels.js";
import { CanvasPoints } from "./points-canvas.js";
import { WebGlPoints } from "./points-webgl.js";
import { Search } from "./search.js";
import { Selection } from "./selection.js";

const hoverRadius = 12;

/** The rows of a map that the parts look at: their columns, names and images. All are unpacked when they are first needed. */
class Rows {
  #description;
  #arrays;
  #loading;

  constructor(description, arrays) {
    this.#description = description;
    this.#arrays = arrays;
    this.fields = description.fields.map((field) => new Field(field, arrays));
    this.rowName = description.rowName;
    this.imageSize = description.images;
  }

  load() {
    this.#loading ??= (async () => ({
      rows: this.#description.rows,
      fields: await Promise.all(this.fields.map((field) => field.load())),
      names: this.#description.names === undefined ? null : await this.#arrays.get(this.#description.names),
      pixels: this.imageSize === undefined ? null : await this.#arrays.get(this.imageSize.pixels),
    }))();
    return this.#loading;
  }
}

/** An interactive map of the rows of a clustering. */
export class PointMap {
  #root;
  #description;
  #arrays;
  #rows;
  #camera;
  #colors;
  #shown;
  #parts = {};
  #isDark = false;
  #isDue = false;
  #isDrawn = false;
  #field;

  constructor(root, prefix) {
    this.#root = root;
    this.#description = JSON.parse(document.getElementById(`${prefix}-data`).textContent);
    this.#arrays = new PackedArrays(prefix);
    this.#rows = new Rows(this.#description, this.#arrays);
    this.#camera = new Camera(this.#description.aspect);
    this.#colors = new Uint8Array(4 * this.#description.rows);
    this.#shown = new Uint8Array(this.#description.rows).fill(1);
    this.#build(prefix);
  }

  /** Unpacks the positions and the clusters, and draws them. */
  async start(isDark) {
    this.#isDark = isDark;
    this.#mark("started");
    let positions;
    [this.#field, positions] = await Promise.all([this.#rows.fields[0].load(), this.#arrays.get(this.#description.positions)]);
    this.#mark("unpacked");
    this.#parts.grid = new Grid(positions);
    const redraw = () => this.#draw();
    this.#parts.points = WebGlPoints.create(this.#parts.canvas, positions, redraw) ?? this.#fallBack(positions);
    this.#mark("uploaded");
    this.#drawLegend();
    this.#recolor();
    this.#mark("colored");
    this.#resize();
    new ResizeObserver(() => this.#resize()).observe(this.#parts.stage);
    this.#root.dataset.ready = "true";
    this.#mark("ready");
    // The other columns, so that the first card appears at once.
    (window.requestIdleCallback ?? setTimeout)(() => this.#loadRest());
  }

  async #loadRest() {
    await this.#rows.load();
    this.#mark("complete");
  }

  /** Marks a step of the start, for the performance tools of browsers. */
  #mark(step) {
    performance.mark(`${this.#root.id}-${step}`);
  }

  /** Draws the map in the colors of a theme. */
  setTheme(isDark) {
    this.#isDark = isDark;
    if (this.#parts.points === undefined) return;
    this.#drawLegend();
    this.#recolor();
  }

  /** The place of a row on the stage, in pixels from its corner. */
  placeOf(row) {
    return this.#camera.toScreen(...this.#parts.grid.position(row));
  }

  /** The selected rows as CSV. */
  selectedCsv() {
    return this.#parts.selection.csv();
  }

  #build(prefix) {
    const stage = element("div", { className: "stage", tabIndex: 0, role: "application" });
    stage.setAttribute("aria-label", `Map of ${count(this.#description.rows)} rows in ${this.#description.centers.length} clusters. `
      + "Arrow keys move it, plus and minus zoom, 0 shows all, Enter describes the row in the middle.");
    stage.style.setProperty("--aspect", this.#description.aspect);
    const canvas = element("canvas");
    const labels = element("div", { className: "labels" });
    labels.setAttribute("aria-hidden", "true");
    const lasso = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    lasso.append(document.createElementNS("http://www.w3.org/2000/svg", "polygon"));
    lasso.classList.add("lasso");
    const card = element("div", { className: "card", hidden: true, role: "status" });
    stage.append(canvas, labels, lasso, card);

    const status = element("p", { className: "status", role: "status" });
    const legend = element("div", { className: "legend" });
    const selection = element("div", { className: "selection", hidden: true });
    const found = element("ul", { className: "found", hidden: true });
    const hasTexts = this.#rows.fields.some((field) => field.isText);
    const search = element("input", { type: "search", placeholder: hasTexts ? "Text, id or cluster" : "Id, label or cluster" });
    const color = element("select", {}, ...[...this.#rows.fields.entries()].filter(([, field]) => !field.isText).map(([place, field]) =>
      element("option", { value: place, textContent: field.name })));
    const button = (text, label, action) =>
      element("button", { type: "button", textContent: text, title: label, ariaLabel: label, onclick: action });
    const tool = button("Lasso", "Select rows by drawing around them (or hold Shift and drag)", () => this.#toggleLasso(tool));
    tool.setAttribute("aria-pressed", "false");
    const names = element("input", { type: "checkbox", checked: true });
    const all = button("Show all", "Remove all filters", () => {
      this.#parts.filters.clear();
      this.#drawLegend();
    });
    all.hidden = true;

    this.#root.append(
      element("div", { className: "tools" },
        element("label", {}, "Color by ", color),
        element("div", { className: "search" }, element("label", {}, "Search ", search), found),
        element("span", { className: "buttons" },
          button("+", "Zoom in", () => this.#zoomMiddle(1.6)), button("−", "Zoom out", () => this.#zoomMiddle(1 / 1.6)),
          button("Reset", "Show the whole map", () => this.#reset()), tool),
        element("label", {}, names, " Names")),
      element("div", { className: "board" }, stage, element("div", { className: "side" }, legend, all)),
      status, selection);

    const clear = () => this.#select(null);
    this.#parts = {
      stage, canvas, lasso, status, all, tool,
      labels: new Labels(labels, this.#description.fields[0].categories, this.#description.centers),
      details: new Details(card, this.#rows),
      filters: new Filters(legend, () => this.#filter()),
      selection: new Selection(selection, this.#rows, `${prefix}-selection.csv`, clear),
    };
    this.#parts.search = new Search(search, found, this.#rows, {
      show: (row) => this.#show(row),
      select: (marks) => this.#select(marks.map((mark, row) => mark & this.#shown[row])),
    });
    color.addEventListener("change", () => this.#colorBy(this.#rows.fields[color.value]));
    names.addEventListener("change", () => {
      this.#parts.labels.hidden = !names.checked;
    });
    this.#parts.gestures = new Gestures(stage, {
      pan: (right, down) => this.#move(() => this.#camera.pan(right, down)),
      zoom: (left, top, factor) => this.#move(() => this.#camera.zoomAt(left, top, factor)),
      reset: () => this.#reset(),
      hover: (left, top) => this.#hover(left, top),
      leave: () => this.#parts.details.show(-1),
      lasso: (path) => {
        this.#parts.details.show(-1);
        this.#drawLasso(path);
      },
      select: (path) => this.#lasso(path),
      clear,
    });
  }

  #fallBack(positions) {
    const old = this.#parts.canvas;
    this.#parts.canvas = element("canvas");
    old.replaceWith(this.#parts.canvas);
    this.#root.dataset.renderer = "canvas";
    return new CanvasPoints(this.#parts.canvas, positions);
  }

  #resize() {
    const { stage, canvas } = this.#parts;
    const { clientWidth, clientHeight } = stage;
    const size = [clientWidth, clientHeight].map((side) => Math.round(side * window.devicePixelRatio));
    const isSame = size[0] === canvas.width && size[1] === canvas.height
      && clientWidth === this.#camera.width && clientHeight === this.#camera.height;
    // A new size clears the canvas. The observer also reports the first size, which is drawn already.
    if (isSame && this.#isDrawn) return;
    this.#camera.resize(clientWidth, clientHeight);
    [canvas.width, canvas.height] = size;
    this.#drawNow();
  }

  /** Draws before the next frame. */
  #draw() {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      if (this.#isDue) this.#drawNow();
    });
  }

  #drawNow() {
    this.#isDue = false;
    this.#isDrawn = true;
    this.#parts.points?.draw(this.#camera, pointSize(this.#description.rows, this.#camera.zoom), window.devicePixelRatio);
    this.#parts.labels.draw(this.#camera);
  }

  #recolor() {
    paint(this.#field, this.#isDark, this.#shown, this.#parts.selection.marks, this.#colors);
    this.#parts.points.setColors(this.#colors);
    const shown = this.#shown.reduce((sum, mark) => sum + mark, 0);
    this.#parts.status.textContent = `${count(shown)} of ${count(this.#shown.length)} rows shown`;
    this.#root.dataset.shown = shown;
    this.#parts.all.hidden = !this.#parts.filters.isActive;
    this.#draw();
  }

  #drawLegend() {
    this.#parts.filters.draw(this.#field, this.#isDark);
  }

  async #colorBy(field) {
    this.#field = await field.load();
    this.#drawLegend();
    this.#recolor();
  }

  #filter() {
    this.#parts.filters.apply(this.#shown);
    this.#parts.labels.filter((cluster) => this.#parts.filters.shows(this.#rows.fields[0], cluster));
    this.#recolor();
  }

  async #select(marks) {
    await this.#parts.selection.set(marks);
    this.#recolor();
  }

  #move(change) {
    change();
    this.#parts.details.show(-1);
    this.#draw();
  }

  #reset() {
    this.#move(() => this.#camera.reset());
  }

  #zoomMiddle(factor) {
    this.#move(() => this.#camera.zoomAt(this.#camera.width / 2, this.#camera.height / 2, factor));
  }

  #show(row) {
    this.#camera.show(...this.#parts.grid.position(row));
    this.#drawNow();
    this.#parts.details.show(row, ...this.placeOf(row));
  }

  #hover(left, top) {
    const row = this.#parts.grid?.nearest(
      ...this.#camera.toMap(left, top), hoverRadius / this.#camera.scaleX, hoverRadius / this.#camera.scaleY, this.#shown) ?? -1;
    if (row !== this.#parts.details.row) this.#parts.details.show(row, left, top);
  }

  #toggleLasso(tool) {
    const { gestures, stage } = this.#parts;
    gestures.isLasso = !gestures.isLasso;
    tool.setAttribute("aria-pressed", String(gestures.isLasso));
    stage.classList.toggle("drawing", gestures.isLasso);
  }

  #drawLasso(path) {
    this.#parts.lasso.firstChild.setAttribute("points", path.map((place) => place.join()).join(" "));
  }

  #lasso(path) {
    this.#drawLasso([]);
    this.#select(this.#parts.grid.inside(path.map((place) => this.#camera.toMap(...place)), this.#shown));
  }
}
