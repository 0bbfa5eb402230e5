/**
 * IEEE half-precision numbers as float32, exactly.
 *
 * @param words - the 16-bit patterns.
 */
export function fromFloat16(words: Uint16Array): Float32Array {
  const floats = new Float32Array(words.length);
  for (let i = 0; i < words.length; i++) {
    const exponent = (words[i] >>> 10) & 0x1f;
    const fraction = words[i] & 0x3ff;
    const sign = words[i] >>> 15 ? -1 : 1;
    if (exponent === 31) floats[i] = fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    else if (exponent === 0) floats[i] = sign * fraction * 2 ** -24;
    else floats[i] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return floats;
}

/**
 * bfloat16 numbers (the upper half of a float32) as float32, exactly.
 *
 * @param words - the 16-bit patterns.
 */
export function fromBfloat16(words: Uint16Array): Float32Array {
  const bits = new Uint32Array(words.length);
  for (let i = 0; i < words.length; i++) bits[i] = words[i] << 16;
  return new Float32Array(bits.buffer);
}
