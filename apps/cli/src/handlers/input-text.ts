import { readText } from '@spinformer/potts';
import type { InputFile } from '../run/read-input.ts';

/** A file's text, unpacked where it is gzip. */
export async function inputText({ bytes }: InputFile): Promise<string> {
  return readText(bytes);
}
