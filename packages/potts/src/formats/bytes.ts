import { crc32, DataError } from '@spinformer/numerics';
import { Gunzip } from 'fflate';

/** First bytes of compressed files that are recognised in order to say what they are. */
const FOREIGN: readonly (readonly [name: string, magic: readonly number[], command: string])[] = [
  ['bzip2', [0x42, 0x5a, 0x68], 'bunzip2'],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a], 'unxz'],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'unzstd'],
  ['zip', [0x50, 0x4b, 0x03, 0x04], 'unzip'],
];

/**
 * The text of a file: gzip is recognised by its first bytes and unpacked; UTF-8 is assumed.
 *
 * @throws {DataError} for a damaged gzip file, another compression, or bytes that are no text.
 */
export async function readText(bytes: Uint8Array): Promise<string> {
  const foreign = FOREIGN.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte));
  if (foreign)
    throw new DataError(`readText: the file is compressed with ${foreign[0]}. Unpack it with ${foreign[2]}.`);
  const plain = isGzip(bytes) ? gunzip(bytes, 'readText') : bytes;
  if (plain.subarray(0, 4096).includes(0))
    throw new DataError(
      'readText: the file holds zero bytes, so it is no plain text (or UTF-16). Save it as UTF-8.',
    );
  return new TextDecoder().decode(plain);
}

/** Whether bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks every member of a gzip file, and checks each one's length and CRC-32.
 *
 * @throws {DataError} for a file that is damaged or cut off.
 */
export function gunzip(bytes: Uint8Array, caller: string): Uint8Array {
  const starts = [0];
  const members: Uint8Array[][] = [[]];
  try {
    const stream = new Gunzip((chunk) => members[members.length - 1].push(chunk));
    stream.onmember = (start) => {
      starts.push(start);
      members.push([]);
    };
    stream.push(bytes);
    stream.push(new Uint8Array(0), true);
    members.forEach((chunks, k) => {
      checkTrailer(chunks, bytes.subarray(starts[k], starts[k + 1] ?? bytes.length));
    });
  } catch (cause) {
    throw new DataError(`${caller}: the gzip file is damaged or cut off. Download or copy it again.`, {
      cause,
    });
  }
  return joined(members.flat());
}

/** A gzip member ends with the CRC-32 and the length of what it holds, both modulo 2³². */
function checkTrailer(chunks: readonly Uint8Array[], member: Uint8Array): void {
  const trailer = new DataView(member.buffer, member.byteOffset + member.length - 8, 8);
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const crc = chunks.reduce((before, chunk) => crc32(chunk, before), 0);
  if (trailer.getUint32(0, true) !== crc >>> 0 || trailer.getUint32(4, true) !== length >>> 0)
    throw new DataError('the checksum of a gzip member is wrong');
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
