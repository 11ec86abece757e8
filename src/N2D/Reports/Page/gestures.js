const keyStep = 60;
const clickSlack = 4;

/**
 * Turns the pointer and the keyboard into actions on a map: pan, zoom, hover, lasso. Calls back with places on the screen, in pixels
 * from the corner of the stage.
 */
export class Gestures {
  #stage;
  #actions;
  #pointers = new Map();
  #path = null;
  #moved = 0;

  constructor(stage, actions) {
    this.#stage = stage;
    this.#actions = actions;
    this.isLasso = false;
    stage.addEventListener("pointerdown", (event) => this.#down(event));
    stage.addEventListener("pointermove", (event) => this.#move(event));
    stage.addEventListener("pointerup", (event) => this.#up(event));
    stage.addEventListener("pointercancel", (event) => this.#up(event));
    stage.addEventListener("pointerleave", () => actions.leave());
    stage.addEventListener("keydown", (event) => this.#key(event));
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      actions.zoom(...this.#place(event), Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0018)));
    }, { passive: false });
  }

  #place(event) {
    const box = this.#stage.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  #down(event) {
    if (event.button !== 0) return;
    this.#stage.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, this.#place(event));
    this.#moved = 0;
    this.#path = (this.isLasso || event.shiftKey) && this.#pointers.size === 1 ? [this.#place(event)] : null;
  }

  #move(event) {
    const place = this.#place(event);
    const last = this.#pointers.get(event.pointerId);
    if (last === undefined) {
      this.#actions.hover(...place);
      return;
    }
    const before = this.#spread();
    this.#pointers.set(event.pointerId, place);
    this.#moved += Math.hypot(place[0] - last[0], place[1] - last[1]);
    if (this.#path !== null) {
      this.#path.push(place);
      this.#actions.lasso(this.#path);
    } else if (this.#pointers.size === 1) {
      this.#actions.pan(place[0] - last[0], place[1] - last[1]);
    } else {
      const after = this.#spread();
      this.#actions.pan(after.x - before.x, after.y - before.y);
      this.#actions.zoom(after.x, after.y, after.distance / before.distance);
    }
  }

  #up(event) {
    if (!this.#pointers.delete(event.pointerId)) return;
    if (this.#path !== null && this.#moved > clickSlack) this.#actions.select(this.#path);
    else if (event.type === "pointerup" && this.#moved <= clickSlack) this.#actions.hover(...this.#place(event));
    this.#path = null;
  }

  /** The middle of all pointers, and their distance from it. */
  #spread() {
    const places = [...this.#pointers.values()];
    const x = places.reduce((sum, place) => sum + place[0], 0) / places.length;
    const y = places.reduce((sum, place) => sum + place[1], 0) / places.length;
    return { x, y, distance: Math.max(1, Math.hypot(places[0][0] - x, places[0][1] - y)) };
  }

  #key(event) {
    const [x, y] = [this.#stage.clientWidth / 2, this.#stage.clientHeight / 2];
    const action = {
      ArrowLeft: () => this.#actions.pan(keyStep, 0),
      ArrowRight: () => this.#actions.pan(-keyStep, 0),
      ArrowUp: () => this.#actions.pan(0, keyStep),
      ArrowDown: () => this.#actions.pan(0, -keyStep),
      "+": () => this.#actions.zoom(x, y, 1.5),
      "=": () => this.#actions.zoom(x, y, 1.5),
      "-": () => this.#actions.zoom(x, y, 1 / 1.5),
      0: () => this.#actions.reset(),
      Escape: () => this.#actions.clear(),
      Enter: () => this.#actions.hover(x, y),
    }[event.key];
    if (action !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action();
    }
  }
}
