import { DataError, decodeSafetensors, type Safetensors } from '@spinformer/numerics';

/** One kind of safetensors file that this package writes. */
export interface OwnFile {
  /** The decoding function, for messages. */
  readonly caller: string;
  /** `format` and `version` in the metadata. */
  readonly format: string;
  readonly version: string;
  /** What the file holds, with its article, and the function that writes it. */
  readonly content: string;
  readonly encoder: string;
}

/** The error for a file that is cut off or changed. */
export function damagedFile({ caller }: OwnFile, what: string, cause?: unknown): DataError {
  return new DataError(`${caller}: the file is damaged: ${what}. Write the model again.`, { cause });
}

/**
 * Opens one of this package's own safetensors files.
 * @throws {DataError} for a file that is damaged, of another kind or of a later version.
 */
export function openOwnFile(bytes: Uint8Array, kind: OwnFile): Safetensors {
  const { caller, format, version, content, encoder } = kind;
  let file: Safetensors;
  try {
    file = decodeSafetensors(bytes);
  } catch (cause) {
    throw damagedFile(kind, `it is no complete safetensors file (${(cause as Error).message})`, cause);
  }
  const { format: found = 'something else', version: written } = file.metadata;
  if (found !== format)
    throw new DataError(
      `${caller}: this safetensors file holds ${found}, not ${content}. Pass a file that ${encoder} wrote.`,
    );
  if (written !== version)
    throw new DataError(
      `${caller}: the file has version ${written}, and this program reads ${version}. Update spinformer.`,
    );
  return file;
}
