import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import type { CommandContext } from '../spec/command-context.ts';
import { readStandardInput } from './read-standard-input.ts';
import type { InputDigest } from './run-record.ts';

/** A file's content with what identifies it. */
export interface InputFile {
  /** As it is named in messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly digest: InputDigest;
  /** Came through standard input: to be kept in the run directory, so that the run can be resumed. */
  readonly isStandardInput: boolean;
}

/** Where standard input is kept in a run directory. */
export const KEPT_INPUT = 'input.bin';

/**
 * Reads a file, or standard input for `-`. In a resumed run the file must be what it was.
 * @param key under which config.json remembers it
 * @throws {InputError} when it is missing, a folder, empty, or has changed since the run began
 */
export async function readInput(context: CommandContext, key: string, path: string): Promise<InputFile> {
  const before = context.resume?.config.input?.[key];
  const isStandardInput = path === '-';
  const place = isStandardInput && context.resume ? join(context.resume.path, KEPT_INPUT) : path;
  const name = isStandardInput ? 'standard input' : path;
  const bytes = await readBytes(place, name);
  const digest = {
    path: isStandardInput ? '-' : resolve(path),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  if (before && before.sha256 !== digest.sha256)
    throw new InputError(
      `${name} has changed since the run began. Put the old file back, or start a new run.`,
    );
  return { name, bytes, digest, isStandardInput };
}

async function readBytes(place: string, name: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    if (place !== '-' && statSync(place).isDirectory())
      throw new InputError(`${name} is a folder, not a file.`);
    bytes = place === '-' ? await readStandardInput() : readFileSync(place);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'there is no such file'
        : code === 'EACCES'
          ? 'permission denied'
          : message;
    throw new InputError(`cannot read ${name}: ${reason}.`, { cause });
  }
  if (bytes.length === 0)
    throw new InputError(`${name} is empty. Give an alignment with at least two sequences.`);
  return bytes;
}
