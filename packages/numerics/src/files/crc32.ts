const TABLE = new Int32Array(256);
let isFilled = false;

function fillTable(): void {
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    TABLE[byte] = crc;
  }
  isFilled = true;
}

/**
 * CRC-32 (the one of zip, gzip and PNG). Finds accidental damage, not forgery.
 *
 * @param bytes - what to sum over.
 * @param before - the CRC of what came before, so that crc32(b, crc32(a)) is that of a followed by b.
 * @returns an unsigned 32-bit integer.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  if (!isFilled) fillTable();
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
