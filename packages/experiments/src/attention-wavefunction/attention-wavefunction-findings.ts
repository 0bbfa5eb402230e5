import type { Finding } from '../experiment.ts';
import { superscript } from '../shared/figures/log-axis.ts';
import type { AttentionWavefunctionResult, ComparedWave, WaveRun } from './attention-wavefunction-result.ts';
import { attentionName, hasQueriesAndKeys } from './compared-wave.ts';

/** A difference is one when it exceeds so many standard errors. */
const SIGNIFICANT = 2;
/** A network that knows no positions fails when its error is so many times the factored one's. */
const FAILS = 10;
/** R has fallen when it ends below this share of its largest value. */
const FALLEN = 0.5;

const VERDICTS = {
  equal: 'Attention that knows positions alone is not worse than attention with queries and keys.',
  worse: 'Here queries and keys lower the energy by more than the errors.',
} as const;

/**
 * What the study of attention in wave functions says, most important first.
 *
 * @param result what the run found
 */
export function attentionWavefunctionFindings(result: AttentionWavefunctionResult): readonly Finding[] {
  const factored = result.waves.find(({ attention }) => attention === 'factored');
  const content = result.waves.filter(({ attention }) => isPositionedContent(attention));
  return [
    ...(factored && content.length > 0 ? [accuracy(result, factored, content)] : [errors(result)]),
    ...(factored && content.length > 0 ? [price(factored, content)] : []),
    ...content.map((wave) => dependence(wave)),
    ...content.filter(({ runs }) => runs[0].frozen).map((wave) => freezing(result, wave)),
    ...result.waves
      .filter(({ attention }) => attention === 'standard')
      .map((wave) => blind(result, wave, factored)),
    ...result.warnings.map((text) => ({ text, values: {}, met: false })),
  ];
}

/** Networks with queries and keys that know where tokens stand. */
export function isPositionedContent(attention: ComparedWave['attention']): boolean {
  return hasQueriesAndKeys(attention) && attention !== 'standard';
}

function accuracy(
  result: AttentionWavefunctionResult,
  factored: ComparedWave,
  content: readonly ComparedWave[],
): Finding {
  const ends = [factored, ...content];
  const notWorse = content.every(
    (wave) =>
      factored.relativeError - wave.relativeError <=
      SIGNIFICANT * Math.hypot(factored.relativeErrorError, wave.relativeErrorError),
  );
  const starts = factored.runs.length;
  const known = starts > 1 || result.sampled;
  return {
    text:
      `${upper(result.magnet)}, J2 = ${result.j2}, E₀/N = ${result.exactEnergy.toFixed(6)}: after ${result.steps} equal steps ` +
      `the relative errors of the energy are ${listOf(ends, (wave) => `${withError(wave)}`)}` +
      `${starts > 1 ? ` (mean and standard error of ${starts} starts)` : ''}. ` +
      (known ? VERDICTS[notWorse ? 'equal' : 'worse'] : 'From one start alone no error is known.'),
    values: valuesOf(ends),
    ...(known && { met: notWorse }),
  };
}

function errors({ waves, steps }: AttentionWavefunctionResult): Finding {
  return {
    text: `After ${steps} steps the relative errors of the energy are ${listOf(waves, withError)}.`,
    values: valuesOf(waves),
  };
}

function price(factored: ComparedWave, content: readonly ComparedWave[]): Finding {
  const share = (value: number) => percent(1 - value);
  const list = listOf(
    content,
    (wave) =>
      `${share(factored.parameters / wave.parameters)} of the parameters, ` +
      `${share(factored.amplitudeOperations / wave.amplitudeOperations)} of the operations of log ψ and ` +
      `${share(factored.stepOperations / wave.stepOperations)} of those of a step`,
  );
  return {
    text: `Leaving out queries and keys saves, against ${list}. Counted are products of matrices, not seconds.`,
    values: {
      factoredParameters: factored.parameters,
      factoredStepOperations: factored.stepOperations,
      ...Object.fromEntries(
        content.flatMap((wave) => [
          [`${wave.attention}Parameters`, wave.parameters],
          [`${wave.attention}StepOperations`, wave.stepOperations],
          [`${wave.attention}AmplitudeOperations`, wave.amplitudeOperations],
        ]),
      ),
    },
  };
}

function dependence(wave: ComparedWave): Finding {
  const ends = wave.runs.map(({ looks }) => looks.at(-1)!);
  const end = meanOf(ends.map(({ inputDependence }) => inputDependence));
  const start = meanOf(wave.runs.map(({ looks }) => looks[0].inputDependence));
  const peak = meanOf(wave.runs.map(peakOf));
  const positional = meanOf(ends.map((look) => look.positional));
  return {
    text:
      `How much ${attentionName(wave.attention)} attention depends on the configuration, R = Σ variance/Σ mean²: ` +
      `${short(start)} at the start, at most ${short(peak)}, ${short(end)} at the end, where positions alone explain ` +
      `${percent(positional)} of the variance of the weights.`,
    values: { start, peak, end, positional },
    met: end < FALLEN * peak,
  };
}

function peakOf({ looks }: WaveRun): number {
  return Math.max(...looks.map(({ inputDependence }) => inputDependence));
}

function freezing({ frozenSteps }: AttentionWavefunctionResult, wave: ComparedWave): Finding {
  const rise = meanOf(wave.runs.map(riseOf));
  const thawed = wave.runs[0].thawed
    ? meanOf(wave.runs.map((run) => riseTo(run, run.thawed!.energyPerSite)))
    : undefined;
  return {
    text:
      `With its attention replaced by the average over configurations, ${attentionName(wave.attention)} rises by ` +
      `${percent(rise)} of its energy, beside an error of ${percent(wave.relativeError)}` +
      (thawed === undefined
        ? '.'
        : `; after ${frozenSteps} more steps without queries and keys it lies ` +
          `${percent(Math.abs(thawed))} ${thawed > 0 ? 'above' : 'below'} where it was.`),
    values: { rise, relativeError: wave.relativeError, ...(thawed !== undefined && { thawed }) },
    met: rise <= wave.relativeError,
  };
}

/** (E_frozen − E)/|E|. */
export function riseOf(run: WaveRun): number {
  return riseTo(run, run.frozen!.energyPerSite);
}

function riseTo({ final }: WaveRun, energy: number): number {
  return (energy - final.energyPerSite) / Math.abs(final.energyPerSite);
}

function blind(
  { patch, ferromagneticEnergy }: AttentionWavefunctionResult,
  wave: ComparedWave,
  factored: ComparedWave | undefined,
): Finding {
  const energy = meanOf(wave.runs.map(({ final }) => final.energyPerSite));
  const why =
    patch === 1
      ? `a state that cannot tell sites apart has the energy of the ferromagnet, ${ferromagneticEnergy.toFixed(6)}`
      : 'its state depends on how often each token occurs, and not on where';
  return {
    text:
      `Standard attention without positions ends at ${energy.toFixed(6)} per site, a relative error of ${withError(wave)}: ` +
      `${why}. Positions are what matters.`,
    values: { energyPerSite: energy, relativeError: wave.relativeError },
    ...(factored && { met: wave.relativeError > FAILS * factored.relativeError }),
  };
}

function valuesOf(waves: readonly ComparedWave[]): Record<string, number> {
  return Object.fromEntries(
    waves.flatMap(({ attention, relativeError, relativeErrorError }) => [
      [attention, relativeError],
      [`${attention}Error`, relativeErrorError],
    ]),
  );
}

function listOf(waves: readonly ComparedWave[], text: (wave: ComparedWave) => string): string {
  return waves.map((wave) => `${attentionName(wave.attention)}: ${text(wave)}`).join('; ');
}

/** A relative error with its error, such as `(1.2 ± 0.3)·10⁻³`. */
export function withError({ relativeError, relativeErrorError }: ComparedWave): string {
  const power = relativeError > 0 ? Math.floor(Math.log10(relativeError)) : 0;
  const scale = 10 ** -power;
  const value = (relativeError * scale).toFixed(1);
  const body = relativeErrorError > 0 ? `(${value} ± ${(relativeErrorError * scale).toFixed(1)})` : value;
  return power === 0 ? body : `${body}·10${superscript(power)}`;
}

function short(value: number): string {
  return value === 0 ? '0' : value.toPrecision(2);
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(2))} %`;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
