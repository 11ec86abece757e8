/** Finds rows by their position: the nearest one to a place, and those inside a polygon. */
export class Grid {
  #positions;
  #side;
  #starts;
  #rows;

  constructor(positions) {
    const rows = positions.length / 2;
    this.#positions = positions;
    this.#side = Math.max(1, Math.min(512, Math.round(Math.sqrt(rows / 4))));
    // Rows sorted by cell, by counting.
    this.#starts = new Uint32Array(this.#side * this.#side + 1);
    for (let row = 0; row < rows; row++) this.#starts[this.#cellOf(row) + 1]++;
    for (let cell = 1; cell < this.#starts.length; cell++) this.#starts[cell] += this.#starts[cell - 1];
    const next = this.#starts.slice();
    this.#rows = new Uint32Array(rows);
    for (let row = 0; row < rows; row++) this.#rows[next[this.#cellOf(row)]++] = row;
  }

  /** The position of a row, 0 to 1 from the left and the bottom. */
  position(row) {
    return [this.#positions[2 * row] / 65535, this.#positions[2 * row + 1] / 65535];
  }

  /** The shown row that is nearest to a position; -1 if none is within the radius, which is given across and up. */
  nearest(x, y, radiusX, radiusY, shown) {
    let [best, nearest] = [1, -1];
    this.#visit(x - radiusX, y - radiusY, x + radiusX, y + radiusY, (row) => {
      const [rowX, rowY] = this.position(row);
      const distance = ((rowX - x) / radiusX) ** 2 + ((rowY - y) / radiusY) ** 2;
      // The later of two equal rows is drawn above.
      if (shown[row] !== 0 && (distance < best || (distance === best && row > nearest))) [best, nearest] = [distance, row];
    });
    return nearest;
  }

  /** Marks the shown rows inside a polygon, a list of positions. */
  inside(polygon, shown) {
    const marks = new Uint8Array(this.#positions.length / 2);
    const [xs, ys] = [polygon.map(([x]) => x), polygon.map(([, y]) => y)];
    this.#visit(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys), (row) => {
      if (shown[row] !== 0 && contains(polygon, ...this.position(row))) marks[row] = 1;
    });
    return marks;
  }

  #cellOf(row) {
    return this.#line(this.#positions[2 * row + 1] / 65535) * this.#side + this.#line(this.#positions[2 * row] / 65535);
  }

  #line(place) {
    return Math.min(this.#side - 1, Math.max(0, Math.floor(place * this.#side)));
  }

  #visit(left, bottom, right, top, visit) {
    for (let line = this.#line(bottom); line <= this.#line(top); line++) {
      const from = this.#starts[line * this.#side + this.#line(left)];
      const to = this.#starts[line * this.#side + this.#line(right) + 1];
      for (let place = from; place < to; place++) visit(this.#rows[place]);
    }
  }
}

/** Whether a polygon contains a position: a ray crosses its border an odd number of times. */
function contains(polygon, x, y) {
  let inside = false;
  for (let corner = 0, last = polygon.length - 1; corner < polygon.length; last = corner++) {
    const [[x1, y1], [x2, y2]] = [polygon[corner], polygon[last]];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}
