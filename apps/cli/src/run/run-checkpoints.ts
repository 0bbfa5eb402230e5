import { createHash } from 'node:crypto';
import { linkSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, type PlainData } from '@spinformer/numerics';
import { InputError } from '../errors/input-error.ts';
import { writeAtomically } from './atomic-write.ts';
import type { RunConfig } from './run-record.ts';

/** A state that a run can be continued from. */
export interface SavedState {
  readonly step: number;
  /** Seconds of computing until then. */
  readonly seconds: number;
  readonly state: PlainData;
}

const KIND = 'spinformer-run';
const KEPT = 3;
const NAME = /^step-(\d+)\.safetensors$/;

/** What a checkpoint must agree with to belong to a run. */
function configDigest(config: RunConfig): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 16);
}

/** The checkpoints of one run: the last three, and the best. */
export class RunCheckpoints {
  private readonly folder: string;
  private readonly digest: string;
  private bestScore = Number.POSITIVE_INFINITY;

  constructor(runPath: string, config: RunConfig) {
    this.folder = join(runPath, 'checkpoints');
    this.digest = configDigest(config);
  }

  /**
   * Writes a checkpoint and forgets those that are too old.
   * @param score lower is better; the best one so far also gets the name `best.safetensors`
   * @returns bytes written
   */
  save(saved: SavedState, score: number | undefined): number {
    const bytes = encodeCheckpoint({ kind: KIND, schema: 1, digest: this.digest, ...saved });
    const name = `step-${String(saved.step).padStart(8, '0')}.safetensors`;
    writeAtomically(join(this.folder, name), bytes);
    if (score !== undefined && score < this.bestScore) {
      this.bestScore = score;
      this.linkAsBest(name, bytes);
    }
    for (const old of this.names().slice(0, -KEPT)) rmSync(join(this.folder, old), { force: true });
    return bytes.length;
  }

  /**
   * The newest checkpoint; undefined where none was written.
   * @throws {InputError} when it is corrupt or belongs to another run
   */
  newest(): SavedState | undefined {
    const name = this.names().at(-1);
    return name === undefined ? undefined : this.read(join(this.folder, name));
  }

  private read(path: string): SavedState {
    let content: Record<string, PlainData>;
    try {
      content = decodeCheckpoint(readFileSync(path)) as Record<string, PlainData>;
    } catch (cause) {
      const remedy = 'Delete it to go on from the one before it, or start the run anew.';
      throw new InputError(`checkpoint ${path} cannot be read: ${(cause as Error).message} ${remedy}`, {
        cause,
      });
    }
    if (content?.kind !== KIND || content.schema !== 1)
      throw new InputError(
        `checkpoint ${path} is not one of a spinformer run. Put the run's own file back, or delete it.`,
      );
    if (content.digest !== this.digest)
      throw new InputError(
        `checkpoint ${path} belongs to a run with another configuration. Put the run's own file back, or delete it.`,
      );
    return { step: Number(content.step), seconds: Number(content.seconds), state: content.state };
  }

  private linkAsBest(name: string, bytes: Uint8Array): void {
    const best = join(this.folder, 'best.safetensors');
    const temporary = join(this.folder, `.best.${process.pid}.tmp`);
    try {
      linkSync(join(this.folder, name), temporary);
      renameSync(temporary, best);
    } catch {
      // A file system without hard links.
      writeAtomically(best, bytes);
    }
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => NAME.test(name))
        .sort();
    } catch {
      return [];
    }
  }
}
