import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeFailure } from '../errors/environment-error.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Writes a file so that its name never stands for half of it: a temporary file in the same folder is written, brought
 * to the disk and renamed. Folders on the way are made.
 * @throws {EnvironmentError} when the disk is full or the folder cannot be written to; the temporary file is removed
 */
export function writeAtomically(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    makeFolder(dirname(path));
    writeAndSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw writeFailure(path, cause);
  }
  syncFolder(dirname(path));
}

function writeAndSync(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w');
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch {
    // Some systems cannot sync a folder; the file itself is on the disk.
  }
}
