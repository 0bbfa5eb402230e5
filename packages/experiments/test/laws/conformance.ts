import { readFile } from 'node:fs/promises';
import * as Plot from '@observablehq/plot';
import { decodeCheckpoint, encodeCheckpoint, type PlainData, seededRng } from '@spinformer/numerics';
import { cpu, useBackend } from '@spinformer/tensor';
import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeConfig } from '../../src/config/describe-config.ts';
import { type AnyExperiment, type ExperimentTick, type PhaseState, resolveConfig } from '../../src/index.ts';

/** A run is resumed from every so many of its ticks, and from the last ones of each phase, where it is most delicate. */
const STRIDE = 13;

type AnyTick = ExperimentTick<PhaseState, unknown>;

/** A study with a configuration that runs in about a second. */
export interface ConformanceCase {
  readonly experiment: AnyExperiment;
  readonly tiny: Readonly<Record<string, unknown>>;
}

/** What every study promises to every shell. */
export function describeConformance({ experiment, tiny }: ConformanceCase): void {
  describe(`${experiment.id} keeps the contract of an experiment`, () => {
    const config = resolveConfig(experiment, 'quick', tiny);
    let ticks: readonly AnyTick[];
    let result: unknown;

    beforeAll(async () => {
      useBackend(cpu());
      ticks = await collect(experiment, config);
      result = ticks.at(-1)?.result;
    });

    it('has an identity: kebab-case name, title, a claim of one sentence', () => {
      expect(experiment.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(experiment.title.length).toBeGreaterThan(3);
      expect(experiment.claim).toMatch(/^[A-Z].*\.$/);
    });

    it('cites only what CITATIONS.bib holds', async () => {
      const bibliography = await readFile(new URL('../../../../CITATIONS.bib', import.meta.url), 'utf8');
      expect(experiment.citation.length).toBeGreaterThan(0);
      for (const key of experiment.citation) expect(bibliography).toContain(`{${key},`);
    });

    it('has defaults and presets that its own schema accepts, and describes every field', () => {
      for (const preset of [undefined, 'quick', 'paper'] as const) {
        expect(() => resolveConfig(experiment, preset)).not.toThrow();
      }
      expect(describeConfig(experiment).every(({ description }) => description !== '')).toBe(true);
      expect(() => resolveConfig(experiment, 'quick', { nonsense: 1 })).toThrow(/no setting "nonsense"/);
    });

    it('ticks with rising progress, a phase in words, and one result at the end', () => {
      expect(ticks.length).toBeGreaterThan(3);
      for (const [index, tick] of ticks.entries()) {
        expect(tick.step).toBe(index + 1);
        expect(tick.phase).toMatch(/^[a-z -]+$/);
        expect(tick.progress).toBeGreaterThanOrEqual(index === 0 ? 0 : ticks[index - 1].progress);
        expect(tick.progress).toBeLessThanOrEqual(1);
        expect('result' in tick).toBe(index === ticks.length - 1);
      }
      expect(ticks.at(-1)).toMatchObject({ status: 'converged', progress: 1 });
    });

    it('continues from a checkpoint bit for bit', async () => {
      for (const index of resumedTicks(ticks)) {
        const rest = await collect(experiment, config, ticks[index].state);
        expect(rest.map(summary)).toEqual(ticks.slice(index + 1).map(summary));
        expect(rest.at(-1)?.result).toEqual(result);
      }
    });

    it('stops on request with a state to go on from', async () => {
      const stop = new AbortController();
      const seen: AnyTick[] = [];
      for await (const tick of experiment.run(config, { rng: seededRng(1), signal: stop.signal })) {
        seen.push({ ...tick, state: copy(tick.state) });
        if (seen.length === 2) stop.abort();
      }
      expect(seen.at(-1)?.status).toBe('aborted');
      const rest = await collect(experiment, config, seen.at(-1)?.state);
      expect(rest.at(-1)?.result).toEqual(result);
    });

    it('finds something, with numbers that are numbers', () => {
      const findings = experiment.findings(result);
      expect(findings.length).toBeGreaterThan(0);
      for (const { text, values } of findings) {
        expect(text).not.toMatch(/NaN|undefined|Infinity/);
        for (const value of Object.values(values)) expect(value).not.toBeNaN();
      }
    });

    it('draws figures that Observable Plot renders as one SVG each', () => {
      const figures = experiment.figures(result);
      expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
      for (const figure of figures) {
        const { document } = parseHTML('<html><body></body></html>');
        const drawn = Plot.plot({ ...figure.options(Plot), document } as Plot.PlotOptions);
        expect(drawn.tagName.toLowerCase(), figure.id).toBe('svg');
        expect(drawn.outerHTML, figure.id).not.toMatch(/NaN|undefined/);
        expect(figure.caption.length, figure.id).toBeGreaterThan(20);
        expect(figure.table.length, figure.id).toBeGreaterThan(0);
      }
    });
  });
}

function resumedTicks(ticks: readonly AnyTick[]): number[] {
  return [...ticks.keys()].slice(0, -1).filter((index) => {
    const ends = [1, 2].some((ahead) => ticks[index + ahead]?.phase !== ticks[index].phase);
    return ends || index % STRIDE === 0;
  });
}

async function collect(experiment: AnyExperiment, config: unknown, resume?: PhaseState): Promise<AnyTick[]> {
  const ticks: AnyTick[] = [];
  for await (const tick of experiment.run(config, {
    rng: seededRng(1),
    ...(resume && { resume: copy(resume) }),
  })) {
    ticks.push({ ...tick, state: copy(tick.state) });
  }
  return ticks;
}

/** Through a checkpoint and back, as a shell stores it. */
function copy(state: PhaseState): PhaseState {
  return decodeCheckpoint(encodeCheckpoint(state as PlainData)) as PhaseState;
}

function summary({ step, phase, progress, status, metrics }: AnyTick) {
  return { step, phase, progress, status, metrics };
}
