/** Width of the floats of a binary file, in bytes. */
export type FloatWidth = 4 | 8;

const INTEGER_BYTES = 4;

/** Reads little-endian numbers one after the other; beyond the end it reads zeros, and the caller checks the length. */
export class BinaryReader {
  readonly #bytes: Uint8Array;
  readonly #floatWidth: FloatWidth;
  #at = 0;

  constructor(bytes: Uint8Array, floatWidth: FloatWidth = 4) {
    this.#bytes = bytes;
    this.#floatWidth = floatWidth;
  }

  integers(count: number): Int32Array {
    return new Int32Array(this.#take(count * INTEGER_BYTES));
  }

  floats(count: number): Float32Array | Float64Array {
    const buffer = this.#take(count * this.#floatWidth);
    return this.#floatWidth === 4 ? new Float32Array(buffer) : new Float64Array(buffer);
  }

  text(count: number): string {
    return Array.from(new Uint8Array(this.#take(count)), (code) => String.fromCharCode(code)).join('');
  }

  #take(count: number): ArrayBuffer {
    const copy = new Uint8Array(count);
    copy.set(this.#bytes.subarray(this.#at, this.#at + count));
    this.#at += count;
    return copy.buffer;
  }
}

/** Writes little-endian numbers one after the other into a file of known length. */
export class BinaryWriter {
  readonly bytes: Uint8Array;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
  }

  integers(values: ArrayLike<number>): void {
    this.#put(Int32Array.from(values));
  }

  /** Rounded to float32. */
  floats(values: ArrayLike<number>): void {
    this.#put(values instanceof Float32Array ? values : Float32Array.from(values));
  }

  text(letters: string): void {
    this.#put(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)));
  }

  #put(values: ArrayBufferView): void {
    this.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), this.#at);
    this.#at += values.byteLength;
  }
}
