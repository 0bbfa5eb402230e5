/** How a run stands. A `running` one whose process is gone was killed. */
export type RunStatus = 'running' | 'done' | 'interrupted' | 'failed';

/** run.json: who made this folder, with what, and how it ended. */
export interface RunRecord {
  readonly schema: 1;
  readonly id: string;
  /** `potts infer`. */
  readonly command: string;
  /** The words as typed. */
  readonly words: readonly string[];
  readonly label?: string;
  readonly status: RunStatus;
  /** Why it failed, or what its computation said when it ended. */
  readonly message?: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly ended?: string;
  /** Seconds of computing, over all its parts when it was resumed. */
  readonly seconds: number;
  readonly process: number;
  readonly seed: string;
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly citations: readonly string[];
}

/** config.json: everything that the result depends on. */
export interface RunConfig {
  readonly schema: 1;
  readonly command: string;
  readonly positionals: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly experiment?: Readonly<Record<string, unknown>>;
  /** The files that were read, by their digests: a resumed run refuses changed ones. */
  readonly input?: Readonly<Record<string, InputDigest>>;
}

/** A file as it was when it was read. */
export interface InputDigest {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}
