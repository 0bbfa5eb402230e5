import type { AnyExperiment, PhaseState } from '@spinformer/experiments';
import type { PlainData, Rng, Tick } from '@spinformer/numerics';
import { renderedSection, renderSection } from '../report/render-section.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import { wrap } from '../terminal/wrap.ts';
import { type AnyTick, experimentSection, findingLines } from './experiment-run.ts';

/** One experiment of the demo. */
export interface DemoPart {
  readonly experiment: AnyExperiment;
  readonly config: unknown;
  /** The configuration as config.json keeps it: without the texts of files. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** What a newcomer is told before it begins. */
  readonly narration: string;
}

export interface DemoTick extends Tick<PlainData> {
  readonly phase: string;
  readonly progress: number;
  readonly message?: string;
}

/** Where the demo stands, as plain data. */
interface DemoState {
  readonly part: number;
  /** Steps of the parts before. */
  readonly base: number;
  /** State of the part's experiment; null before its first tick. */
  readonly inner: PlainData;
}

interface DemoStart {
  readonly run: RunDirectory;
  readonly rng: Rng;
  readonly resume?: PlainData;
}

/**
 * Runs experiments one after the other as one stream of ticks. A part that is done has its section in the run
 * directory, so that its result need not be kept in the state.
 */
export async function* runParts(parts: readonly DemoPart[], start: DemoStart): AsyncGenerator<DemoTick> {
  const from = (start.resume as unknown as DemoState | undefined) ?? { part: 0, base: 0, inner: null };
  let { base } = from;
  for (let part = from.part; part < parts.length; part++) {
    const { experiment } = parts[part];
    const isLast = part === parts.length - 1;
    const place = { part, count: parts.length, base };
    let step = base;
    if (!renderedSection(start.run, experiment.id)) {
      for await (const tick of partTicks(parts[part], start, part === from.part ? from.inner : null, place)) {
        step = tick.step;
        yield tick;
      }
    }
    base = step + 1;
    const done: DemoState = { part: part + 1, base, inner: null };
    const state = done as unknown as PlainData;
    yield {
      step: base,
      metrics: {},
      state,
      status: isLast ? 'converged' : 'running',
      phase: experiment.title,
      progress: (part + 1) / parts.length,
    };
  }
}

async function* partTicks(
  { experiment, config, narration }: DemoPart,
  { run, rng }: DemoStart,
  inner: PlainData,
  place: { readonly part: number; readonly count: number; readonly base: number },
): AsyncGenerator<DemoTick> {
  let message: string | undefined = `${place.part + 1}. ${wrap(narration, 96, '   ')}\n`;
  const ticks: AsyncGenerator<AnyTick> = experiment.run(config, {
    rng: rng.fork(experiment.id),
    ...(inner === null ? {} : { resume: inner as unknown as PhaseState }),
  });
  for await (const tick of ticks) {
    const isDone = tick.result !== undefined;
    const section = isDone ? experimentSection(experiment, tick.result) : undefined;
    if (section) await renderSection(run, section);
    const lines = [
      message,
      tick.message && `   ${tick.message}`,
      // The first finding, as something to go on with: all of them stand at the end.
      section && `${findingLines(section.findings.slice(0, 1))}\n`,
    ];
    message = undefined;
    yield {
      step: place.base + tick.step,
      metrics: tick.metrics,
      // Read only when it is saved: the inner state may have to be copied out of working memory.
      get state() {
        return { part: place.part, base: place.base, inner: tick.state };
      },
      status: isDone ? 'running' : tick.status,
      phase: isDone ? experiment.title : tick.phase,
      progress: (place.part + tick.progress) / place.count,
      message: lines.filter(Boolean).join('\n') || undefined,
    };
  }
}
