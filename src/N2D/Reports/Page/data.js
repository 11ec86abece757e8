const kinds = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array };

/** The arrays of a map, which are compressed in the page. Each is unpacked when it is first used. */
export class PackedArrays {
  #prefix;
  #unpacked = new Map();

  constructor(prefix) {
    this.#prefix = prefix;
  }

  /** Returns a promise of an array. */
  get({ kind, array }) {
    if (!this.#unpacked.has(array)) {
      this.#unpacked.set(array, this.#unpack(kind, document.getElementById(`${this.#prefix}-array-${array}`)));
    }
    return this.#unpacked.get(array);
  }

  async #unpack(kind, holder) {
    const text = atob(holder.textContent);
    holder.remove();
    const packed = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place++) packed[place] = text.charCodeAt(place);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const response = new Response(stream);
    return kind === "text" ? response.json() : new kinds[kind](await response.arrayBuffer());
  }
}
