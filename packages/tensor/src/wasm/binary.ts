/** Bytes of a base64 text. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let k = 0; k < binary.length; k++) bytes[k] = binary.charCodeAt(k);
  return bytes;
}

/** A module of one function that multiplies and adds in one rounding: valid only where relaxed SIMD is on. */
const RELAXED_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 1, 253, 15, 65, 2,
  253, 15, 65, 3, 253, 15, 253, 133, 2, 11,
]);

/** Whether this engine has relaxed SIMD. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(RELAXED_PROBE);
}

/**
 * The same module with an unshared memory import, for pages that are not cross-origin isolated: clears the "shared"
 * bit of the memory import's limits. Our kernels use no atomics, so nothing else differs.
 */
export function withUnsharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const out = bytes.slice();
  let at = 8;
  const leb = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = out[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  while (at < out.length) {
    const section = out[at++];
    const size = leb();
    const end = at + size;
    if (section === 2) {
      const imports = leb();
      for (let k = 0; k < imports; k++) {
        const moduleLength = leb();
        at += moduleLength;
        const nameLength = leb();
        at += nameLength;
        const kind = out[at++];
        if (kind !== 2) throw new Error('kernel modules import memory only');
        out[at] &= ~2;
        const flags = out[at++];
        leb();
        if (flags & 1) leb();
      }
    }
    at = end;
  }
  return out;
}
