/** Draws points without WebGL: the same picture, slower. */
export class CanvasPoints {
  #context;
  #positions;
  #colors;

  constructor(canvas, positions) {
    this.#context = canvas.getContext("2d");
    this.#positions = positions;
  }

  setColors(colors) {
    this.#colors = new Uint32Array(colors.buffer);
  }

  draw(camera, size, pixelRatio) {
    const context = this.#context;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, camera.width, camera.height);
    let last = 0;
    for (let row = 0; row < this.#colors.length; row++) {
      const color = this.#colors[row];
      const alpha = color >>> 24;
      if (alpha === 0) continue;
      if (color !== last) {
        context.fillStyle = `rgb(${color & 255} ${(color >> 8) & 255} ${(color >> 16) & 255} / ${alpha / 255})`;
        last = color;
      }
      const [left, top] = camera.toScreen(this.#positions[2 * row] / 65535, this.#positions[2 * row + 1] / 65535);
      context.fillRect(left - size / 2, top - size / 2, size, size);
    }
  }
}
