import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeFailure } from '../errors/environment-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { writeAtomically } from './atomic-write.ts';
import { RUNS_FOLDER } from './find-run.ts';
import { makeFolder } from './make-folder.ts';
import { MetricsLog } from './metrics-log.ts';
import type { OpenedRun } from './opened-run.ts';
import { RunCheckpoints } from './run-checkpoints.ts';
import type { RunConfig, RunRecord } from './run-record.ts';

/** The folder of one run, open for writing. Whatever has its final name in it is complete. */
export class RunDirectory {
  /** Absolute. */
  readonly path: string;
  readonly config: RunConfig;
  readonly checkpoints: RunCheckpoints;
  readonly metrics: MetricsLog;
  private current: RunRecord;
  /** The topmost folder that this process made, to be removed again if nothing comes of the run. */
  private readonly made: string | undefined;

  private constructor(path: string, config: RunConfig, record: RunRecord, made: string | undefined) {
    this.path = path;
    this.config = config;
    this.current = record;
    this.made = made;
    this.checkpoints = new RunCheckpoints(path, config);
    this.metrics = new MetricsLog(path);
  }

  /**
   * Makes a new run directory with its run.json and config.json.
   * @param out where; default runs/<time>-<noun>-<verb>-<id>
   * @throws {UsageError} when `out` already holds files
   * @throws {EnvironmentError} when it cannot be written
   */
  static create(config: RunConfig, record: Omit<RunRecord, 'id'>, out: string | undefined): RunDirectory {
    const id = `${timeStamp(new Date(record.started))}-${config.command.replaceAll(' ', '-')}-${randomBytes(2).toString('hex')}`;
    const path = resolve(out ?? join(RUNS_FOLDER, id));
    refuseUsed(path, out);
    const made = makeRunFolder(path);
    const run = new RunDirectory(path, config, { ...record, id }, made);
    try {
      run.write('config.json', toJson(config));
      run.write('run.json', toJson(run.current));
    } catch (error) {
      run.discard();
      throw error;
    }
    return run;
  }

  /** Opens an interrupted run for more. */
  static reopen(run: OpenedRun): RunDirectory {
    return new RunDirectory(run.path, run.config, run.record, undefined);
  }

  get record(): RunRecord {
    return this.current;
  }

  /** Writes a file of the run, at once or not at all. */
  write(name: string, content: string | Uint8Array): void {
    writeAtomically(join(this.path, name), content);
  }

  /** Whether the run already has this file. */
  has(name: string): boolean {
    return existsSync(join(this.path, name));
  }

  /** Changes run.json. */
  update(change: Partial<RunRecord>): void {
    this.current = { ...this.current, ...change };
    this.write('run.json', toJson(this.current));
  }

  /** Takes everything back: removes the folder, or empties one that was there before. */
  discard(): void {
    const folders = this.made ? [this.made] : readdirSync(this.path).map((name) => join(this.path, name));
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** JSON as people read it: indented, with a closing line break. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function timeStamp(date: Date): string {
  return date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

function refuseUsed(path: string, out: string | undefined): void {
  let entries: string[];
  try {
    if (!statSync(path).isDirectory()) throw writeFailure(path, { code: 'ENOTDIR' });
    entries = readdirSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return;
    throw error;
  }
  if (entries.length === 0) return;
  const remedy = entries.includes('run.json')
    ? `Continue it with spinformer runs resume ${out}, or choose another folder.`
    : 'Choose another folder; nothing is overwritten.';
  throw new UsageError(
    `--out ${out} already holds ${entries.includes('run.json') ? 'a run' : 'files'}. ${remedy}`,
  );
}

/** Makes the run's folder; what is to be removed again if nothing comes of the run. */
function makeRunFolder(path: string): string | undefined {
  try {
    const made = makeFolder(path);
    // The common folder of all runs stays: another run may already be in it.
    return made === dirname(path) ? path : made;
  } catch (cause) {
    throw writeFailure(path, cause);
  }
}
