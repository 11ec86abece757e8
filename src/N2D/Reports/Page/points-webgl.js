const vertexShader = `#version 300 es
in vec2 position;
in vec4 color;
uniform vec2 scale;
uniform vec2 origin;
uniform float size;
out vec4 ink;
void main() {
  ink = color;
  gl_Position = color.a == 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : vec4(position * scale + origin, 0.0, 1.0);
  gl_PointSize = size;
}`;

const fragmentShader = `#version 300 es
precision highp float;
in vec4 ink;
uniform float size;
out vec4 pixel;
void main() {
  float edge = (1.0 - length(gl_PointCoord * 2.0 - 1.0)) * size * 0.5;
  float cover = clamp(edge + 0.5, 0.0, 1.0) * ink.a;
  if (cover == 0.0) discard;
  pixel = vec4(ink.rgb * cover, cover);
}`;

/** Draws points by WebGL 2. Positions and colors stay on the graphics card, so a million points move smoothly. */
export class WebGlPoints {
  #gl;
  #rows;
  #positions;
  #colors;
  #locations;
  #colorBuffer;

  /** Returns the renderer; null if the browser has no WebGL 2. */
  static create(canvas, positions, redraw) {
    const gl = canvas.getContext("webgl2", { antialias: false, preserveDrawingBuffer: true });
    return gl === null ? null : new WebGlPoints(canvas, gl, positions, redraw);
  }

  constructor(canvas, gl, positions, redraw) {
    this.#gl = gl;
    this.#rows = positions.length / 2;
    this.#positions = positions;
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => {
      this.#build();
      this.setColors(this.#colors);
      redraw();
    });
    this.#build();
  }

  setColors(colors) {
    this.#colors = colors;
    this.#gl.bindBuffer(this.#gl.ARRAY_BUFFER, this.#colorBuffer);
    this.#gl.bufferData(this.#gl.ARRAY_BUFFER, colors, this.#gl.DYNAMIC_DRAW);
  }

  draw(camera, size, pixelRatio) {
    const gl = this.#gl;
    const [scaleX, scaleY] = [(2 * camera.scaleX) / camera.width, (2 * camera.scaleY) / camera.height];
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform2f(this.#locations.scale, scaleX, scaleY);
    gl.uniform2f(this.#locations.origin, -camera.x * scaleX, -camera.y * scaleY);
    gl.uniform1f(this.#locations.size, size * pixelRatio);
    gl.drawArrays(gl.POINTS, 0, this.#rows);
  }

  #build() {
    const gl = this.#gl;
    const program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, vertexShader], [gl.FRAGMENT_SHADER, fragmentShader]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) throw new Error(gl.getProgramInfoLog(program));
    gl.useProgram(program);
    this.#locations = Object.fromEntries(["scale", "origin", "size"].map((name) => [name, gl.getUniformLocation(program, name)]));
    const positionBuffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, positionBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.#positions, gl.STATIC_DRAW);
    this.#attribute(program, "position", 2, gl.UNSIGNED_SHORT);
    this.#colorBuffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#colorBuffer);
    this.#attribute(program, "color", 4, gl.UNSIGNED_BYTE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  #attribute(program, name, length, type) {
    const location = this.#gl.getAttribLocation(program, name);
    this.#gl.enableVertexAttribArray(location);
    this.#gl.vertexAttribPointer(location, length, type, true, 0, 0);
  }
}
