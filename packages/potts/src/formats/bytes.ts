import { DataError } from '@spinformer/numerics';

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
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await gunzip(bytes) : bytes;
  if (plain.subarray(0, 4096).includes(0))
    throw new DataError(
      'readText: the file holds zero bytes, so it is no plain text (or UTF-16). Save it as UTF-8.',
    );
  return new TextDecoder().decode(plain);
}

async function gunzip(bytes: Uint8Array): Promise<Uint8Array> {
  try {
    const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (cause) {
    throw new DataError('readText: the gzip file is damaged or cut off. Download or copy it again.', {
      cause,
    });
  }
}
