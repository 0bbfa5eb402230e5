/** The machine does not let us do it: a full disk, a folder that cannot be written to, a missing library. */
export class EnvironmentError extends Error {
  readonly code = 'environment';
  override readonly name = 'EnvironmentError';
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space, or choose another disk with --out DIR',
  EDQUOT: 'your disk quota is used up. Free some space, or choose another disk with --out DIR',
  EACCES: 'permission denied. Choose a folder of yours with --out DIR',
  EPERM: 'permission denied. Choose a folder of yours with --out DIR',
  EROFS: 'the file system is read-only. Choose another folder with --out DIR',
  ENOTDIR: 'a part of this path is a file, not a folder. Choose another folder with --out DIR',
  EEXIST: 'a file of this name is in the way. Choose another folder with --out DIR',
  ENOENT: 'the folder cannot be created there. Choose another folder with --out DIR',
  EFBIG: 'the file would be larger than this system allows. Choose another disk with --out DIR',
  EMFILE: 'too many files are open. Raise the limit with ulimit -n',
  ENAMETOOLONG: 'the path is too long. Choose a shorter one with --out DIR',
};

/** An error of writing `path` in words that a person can act on. */
export function writeFailure(path: string, cause: unknown): EnvironmentError {
  if (cause instanceof EnvironmentError) return cause;
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const reason = reasons[code] ?? (cause as Error).message;
  return new EnvironmentError(`cannot write ${path}: ${reason}.`, { cause });
}
