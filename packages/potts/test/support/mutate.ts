import type { Rng } from '@spinformer/numerics';

/** What damaged files tend to hold: other line ends, nothing, numbers out of range, marks of other formats. */
const PIECES = [
  '\r',
  '\n',
  '\n\n',
  '\0',
  '\t',
  ' ',
  '-',
  '.',
  '>',
  '#',
  '//',
  '9999999999',
  '-1',
  '1e999',
  'NaN',
  '\ufeff',
  '"',
  '\u00e9',
  '*',
  'J',
  '[',
  '{',
].map((text) => new TextEncoder().encode(text));

type Edit = (bytes: Uint8Array, rng: Rng) => Uint8Array;

const EDITS: readonly Edit[] = [
  (bytes, rng) => splice(bytes, rng.integer(bytes.length), 1, Uint8Array.of(rng.integer(256))),
  (bytes, rng) => bytes.with(rng.integer(bytes.length), bytes[rng.integer(bytes.length)]),
  (bytes, rng) => {
    const at = rng.integer(bytes.length);
    return bytes.with(at, bytes[at] ^ (1 << rng.integer(8)));
  },
  (bytes, rng) => bytes.slice(0, rng.integer(bytes.length)),
  (bytes, rng) => bytes.slice(rng.integer(bytes.length)),
  (bytes, rng) => splice(bytes, rng.integer(bytes.length), 1 + rng.integer(20), new Uint8Array(0)),
  (bytes, rng) => splice(bytes, rng.integer(bytes.length), 0, PIECES[rng.integer(PIECES.length)]),
  (bytes, rng) => splice(bytes, rng.integer(bytes.length), 0, stretch(bytes, rng)),
  (bytes, rng) => splice(bytes, rng.integer(bytes.length), 1 + rng.integer(40), stretch(bytes, rng)),
];

/** A file with one to three random changes: bytes and bits, stretches lost, doubled or moved, the file cut off. */
export function mutate(bytes: Uint8Array, rng: Rng): Uint8Array {
  let mutant = bytes;
  for (let changes = 1 + rng.integer(3); changes > 0 && mutant.length > 0; changes--)
    mutant = EDITS[rng.integer(EDITS.length)](mutant, rng);
  return mutant;
}

function splice(bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at + removed)]);
}

function stretch(bytes: Uint8Array, rng: Rng): Uint8Array {
  const at = rng.integer(bytes.length);
  return bytes.slice(at, at + 1 + rng.integer(60));
}
