import { DataError, decodeSafetensors } from '@spinformer/numerics';
import type { PottsFileFormat } from './peer-file.ts';
import { plmcFloatWidth } from './plmc-params.ts';
import { plmcV1FloatWidth } from './plmc-v1.ts';

/** How much of a file is looked at. */
const HEAD = 4096;

/**
 * The format of a model file, by its content.
 *
 * @throws {DataError} for a file that is none of them, with what it seems to be.
 */
export function detectPottsFile(bytes: Uint8Array): PottsFileFormat {
  const binary = detectBinary(bytes);
  if (binary) return binary;
  const head = new TextDecoder()
    .decode(bytes.subarray(0, HEAD))
    .replace(/^\ufeff/, '')
    .trimStart();
  const text = head.includes('\0') ? null : detectText(head);
  if (text) return text;
  throw new DataError(`readPottsModelFile: ${describe(head, bytes.length)}`);
}

function detectBinary(bytes: Uint8Array): PottsFileFormat | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0x50 && second === 0x4b && third === 3 && fourth === 4) return 'npz';
  // A map of up to 15 entries, and the name of the format among the first of them or, written by others, anywhere.
  if ((first & 0xf0) === 0x80 && indexOfText(bytes, 'ccm-1') >= 0) return 'ccmpred-msgpack';
  if (bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0)
    return decodeSafetensors(bytes).metadata['format'] === undefined ? 'safetensors' : 'spinformer';
  if (plmcFloatWidth(bytes) !== null) return 'plmc';
  return plmcV1FloatWidth(bytes) === null ? null : 'plmc-v1';
}

function indexOfText(bytes: Uint8Array, text: string): number {
  const codes = [...text].map((letter) => letter.charCodeAt(0));
  for (let at = bytes.indexOf(codes[0]); at >= 0; at = bytes.indexOf(codes[0], at + 1))
    if (codes.every((code, k) => bytes[at + k] === code)) return at;
  return -1;
}

function detectText(head: string): PottsFileFormat | null {
  if (/^[VW]\[\d+\]/.test(head)) return 'gremlin';
  if (/^(#.*\n\s*)*[JhH]\s+\d+\s/.test(head)) return 'adabmdca';
  return /^[-+\d.][-+\d.eE]*(\s|$)/.test(head) ? 'ccmpred' : null;
}

function describe(head: string, length: number): string {
  const formats =
    'Models are read from files of spinformer, plmc (-o), CCMpred (-r, -b), adabmDCA, GREMLIN (-mrf_o), and from npz and safetensors.';
  if (length === 0) return `the file is empty. ${formats}`;
  if (/^(>|#\s*STOCKHOLM)/i.test(head))
    return `this is an alignment, not a model: infer one from it, with inferCouplings. ${formats}`;
  return `the file is no model that is known, or it is damaged or cut off. ${formats}`;
}
