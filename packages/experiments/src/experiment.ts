import type { Rng, Tick } from '@spinformer/numerics';
import type { z } from 'zod';

/**
 * A study as one object. The command line runs it and writes a run directory, the web lab draws its ticks, the docs
 * print its claim: all three only render what it yields.
 */
export interface Experiment<Config, State, Result> {
  /** Kebab-case, unique: what a person types. */
  readonly id: string;
  readonly title: string;
  /** One sentence that the run confirms or refutes. */
  readonly claim: string;
  /** Keys of CITATIONS.bib. */
  readonly citation: readonly string[];
  /** Every field has a default (or is optional), a range and a description with its unit. */
  readonly config: z.ZodType<Config>;
  readonly presets: { readonly quick: Partial<Config>; readonly paper: Partial<Config> };
  run(config: Config, context: ExperimentContext<State>): AsyncGenerator<ExperimentTick<State, Result>>;
  /** What the result says, in plain words, most important first. */
  findings(result: Result): readonly Finding[];
  figures(result: Result): readonly Figure[];
}

export interface ExperimentContext<State> {
  readonly rng: Rng;
  readonly signal?: AbortSignal;
  /** The state of the last tick of an interrupted run: continues it bit for bit. */
  readonly resume?: State;
}

/**
 * One step of a run. Read `state` before asking for the next tick: a large state is copied out of working memory only
 * when it is read.
 */
export interface ExperimentTick<State, Result> extends Tick<State> {
  /** What is being done, in a few words: `sampling`, `training attention`. */
  readonly phase: string;
  /** Fraction of the whole run that is done, 0…1. */
  readonly progress: number;
  /** One line worth telling a person, when there is one. */
  readonly message?: string;
  /** Present in the last tick. */
  readonly result?: Result;
}

/** One thing the run found: a sentence for people, and its numbers for programs. */
export interface Finding {
  readonly text: string;
  readonly values: Readonly<Record<string, number>>;
  /** Whether the claim's target was met; absent where there is no target. */
  readonly met?: boolean;
}

/**
 * A figure as an Observable Plot specification. The shell supplies the Plot module (and a document), so that a study
 * depends on no renderer; `table` is the figure's data for CSV and JSON.
 */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's; a study must not depend on its types
  options(plot: any): Record<string, unknown>;
  readonly table: readonly Readonly<Record<string, number | string>>[];
}
