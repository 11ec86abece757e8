const closest = 400;
const farthest = 0.5;

/**
 * The part of the map that is on the screen. Positions on the map are 0 to 1 from the left and the bottom; places on the screen are
 * pixels from the left and the top.
 */
export class Camera {
  #aspect;

  constructor(aspect) {
    this.#aspect = aspect;
    this.width = 1;
    this.height = 1;
    this.reset();
  }

  /** Shows the whole map. */
  reset() {
    this.x = 0.5;
    this.y = 0.5;
    this.zoom = 1;
  }

  resize(width, height) {
    this.width = width;
    this.height = height;
  }

  /** Pixels for the height of the map. */
  get scaleY() {
    return 0.9 * Math.min(this.height, this.width / this.#aspect) * this.zoom;
  }

  /** Pixels for the width of the map. */
  get scaleX() {
    return this.scaleY * this.#aspect;
  }

  toScreen(x, y) {
    return [this.width / 2 + (x - this.x) * this.scaleX, this.height / 2 - (y - this.y) * this.scaleY];
  }

  toMap(left, top) {
    return [this.x + (left - this.width / 2) / this.scaleX, this.y - (top - this.height / 2) / this.scaleY];
  }

  /** Zooms around a place on the screen, which stays where it is. */
  zoomAt(left, top, factor) {
    const [x, y] = this.toMap(left, top);
    this.zoom = Math.min(closest, Math.max(farthest, this.zoom * factor));
    const [newX, newY] = this.toMap(left, top);
    this.x += x - newX;
    this.y += y - newY;
    this.#hold();
  }

  /** Moves the map by pixels. */
  pan(right, down) {
    this.x -= right / this.scaleX;
    this.y += down / this.scaleY;
    this.#hold();
  }

  /** Shows a position from nearby. */
  show(x, y) {
    this.x = x;
    this.y = y;
    this.zoom = Math.max(this.zoom, 6);
  }

  /** Keeps some of the map on the screen. */
  #hold() {
    this.x = Math.min(1, Math.max(0, this.x));
    this.y = Math.min(1, Math.max(0, this.y));
  }
}

/** The diameter of a point in pixels: smaller for more rows, larger from nearby. */
export function pointSize(rows, zoom) {
  const whole = Math.min(8, Math.max(2, 150 / Math.sqrt(rows)));
  return Math.min(14, whole * Math.pow(zoom, 0.4));
}
