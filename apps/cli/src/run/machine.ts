import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** The machine that a run was made on, as far as it matters to its timings. */
export function machine(): Readonly<Record<string, string | number>> {
  return {
    platform: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
  };
}
