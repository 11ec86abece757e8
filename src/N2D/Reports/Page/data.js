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
    if (!this.#unpacked.has(array)) this.#unpacked.set(array, this.#unpack(kind, `${this.#prefix}-array-${array}`));
    return this.#unpacked.get(array);
  }

  async #unpack(kind, id) {
    // The arrays of columns follow the script, so that the browser may still read them.
    if (document.readyState === "loading" && !document.getElementById(id)?.nextSibling) await pageEnd;
    const holder = document.getElementById(id);
    const packed = bytesOf(holder.textContent);
    holder.remove();
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const response = new Response(stream);
    return kind === "text" ? response.json() : new kinds[kind](await response.arrayBuffer());
  }
}

const pageEnd = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));

function bytesOf(base64) {
  if (Uint8Array.fromBase64 !== undefined) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
  return bytes;
}
