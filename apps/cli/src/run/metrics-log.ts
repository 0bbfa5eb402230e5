import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFailure } from '../errors/environment-error.ts';
import { writeAtomically } from './atomic-write.ts';

/** One line of metrics.jsonl. */
export interface MetricsLine {
  readonly step: number;
  readonly [key: string]: number | string;
}

const FLUSH_SECONDS = 1;

/** metrics.jsonl: one line for each step, appended about once a second. */
export class MetricsLog {
  private readonly path: string;
  /** The last step that has its line. */
  private logged = Number.NEGATIVE_INFINITY;
  private waiting: string[] = [];
  private flushedAt = Number.NEGATIVE_INFINITY;

  constructor(runPath: string) {
    this.path = join(runPath, 'metrics.jsonl');
  }

  /**
   * Adds the line of a step, unless it is there: a resumed computation may show the step that it goes on from.
   * @returns whether it was added
   */
  append(line: MetricsLine): boolean {
    if (line.step <= this.logged) return false;
    this.logged = line.step;
    this.waiting.push(`${JSON.stringify(line)}\n`);
    if (performance.now() - this.flushedAt > 1000 * FLUSH_SECONDS) this.flush();
    return true;
  }

  /** @throws {EnvironmentError} when the disk is full */
  flush(): void {
    this.flushedAt = performance.now();
    if (this.waiting.length === 0) return;
    try {
      appendFileSync(this.path, this.waiting.join(''));
    } catch (cause) {
      throw writeFailure(this.path, cause);
    }
    this.waiting = [];
  }

  /** Drops what came after `step`, so that a resumed run does not tell it twice. */
  rewind(step: number): void {
    let text = '';
    try {
      text = readFileSync(this.path, 'utf8');
    } catch {
      return;
    }
    const lines = text.split('\n').filter((line) => line !== '' && stepOf(line) <= step);
    const last = lines.at(-1);
    if (last !== undefined) this.logged = stepOf(last);
    writeAtomically(this.path, lines.map((line) => `${line}\n`).join(''));
  }
}

function stepOf(line: string): number {
  try {
    return (JSON.parse(line) as MetricsLine).step;
  } catch {
    // A line that was cut off by a crash.
    return Number.POSITIVE_INFINITY;
  }
}
