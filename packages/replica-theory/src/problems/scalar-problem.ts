import type { Channel, ChannelAverages } from '../channels/channel.ts';
import type { Observables, ReplicaProblem } from '../replica-problem.ts';
import type { Conjugates, RidgeAverage } from '../spectra/ridge-average.ts';
import { scalarChart } from './scalar-chart.ts';

/** What a problem with the three order parameters m, q, V is made of. */
export interface ScalarParts {
  readonly name: string;
  readonly load: number;
  readonly ridge: number;
  readonly teacherVariance: number;
  readonly channel: Channel;
  readonly weights: RidgeAverage;
  readonly warning?: string;
  readonly citations: readonly string[];
}

/** A problem with three order parameters whose free energy is open to inspection. */
export interface ScalarProblem extends ReplicaProblem {
  /** m̂, q̂, V̂ at a point. */
  conjugates(point: Float64Array): Conjugates;
  /** The free energy as a function of all six order parameters; stationary at the solution. */
  freeEnergyAt(point: Float64Array, conjugates: Conjugates): number;
}

/** A student smaller than this, relative to the teacher, is no student: rounding of the limit α → 0. */
const NO_STUDENT = 1e-18;

/** A place where the averages exist: V ≥ 0 and q ≥ m²/ρ (Cauchy–Schwarz), which acceleration may overstep. */
function inside(point: Float64Array, teacherVariance: number): [number, number, number] {
  const m = point[0];
  if (Math.abs(point[1]) <= NO_STUDENT * teacherVariance) return [0, 0, Math.max(point[2], 0)];
  return [m, Math.max(point[1], (m * m) / teacherVariance, 0), Math.max(point[2], 0)];
}

function relativeChange(before: number, after: number): number {
  return before === after ? 0 : Math.abs(after / before - 1);
}

type Averages = (m: number, q: number, v: number) => ChannelAverages;

/** The same function, which keeps its last answer: update, free energy and observables ask for one point in turn. */
function remembered(average: Averages): Averages {
  let last: { m: number; q: number; v: number; answer: ChannelAverages } | undefined;
  return (m, q, v) => {
    if (last === undefined || last.m !== m || last.q !== q || last.v !== v) {
      last = { m, q, v, answer: average(m, q, v) };
    }
    return last.answer;
  };
}

/** Joins the data's side and the weights' side of a saddle point. */
export function scalarProblem(parts: ScalarParts): ScalarProblem {
  const { load, ridge, teacherVariance, channel, weights } = parts;
  const averages = remembered((m, q, v) => channel.average(m, q, v));
  const perSite = ({ mHat, qHat, vHat }: Conjugates): Conjugates => {
    return { mHat: load * mHat, qHat: load * qHat, vHat: load * vHat };
  };
  const conjugates = (point: Float64Array) => perSite(averages(...inside(point, teacherVariance)));
  const step = (hats: Conjugates) => {
    const { m, q, v } = weights.average(hats);
    return Float64Array.of(m, q, v);
  };
  const update = (point: Float64Array) => step(conjugates(point));
  const freeEnergyAt = (point: Float64Array, hats: Conjugates): number => {
    const [m, q, v] = inside(point, teacherVariance);
    const { envelope } = averages(m, q, v);
    const coupling = m * hats.mHat + (hats.qHat * v - hats.vHat * q) / 2;
    return load * envelope + coupling - weights.average(hats).energy / 2;
  };
  const observables = (point: Float64Array): Observables => {
    const [m, q, v] = inside(point, teacherVariance);
    const { trainingLoss } = averages(m, q, v);
    const { norm, alignment } = weights.average(conjugates(point));
    const { teacherNorm } = weights;
    const reconstructionError = (norm - 2 * alignment + teacherNorm) / teacherNorm;
    return { trainingLoss, ...channel.test(m, q), reconstructionError, m, q, v };
  };
  return {
    name: parts.name,
    load,
    orderParameters: ['m', 'q', 'v'],
    initial: () => Float64Array.of(0.5 * teacherVariance, 0.7 * teacherVariance, Math.min(1, 1 / ridge)),
    update,
    chart: scalarChart(teacherVariance),
    conjugates,
    freeEnergyAt,
    freeEnergy: (point) => freeEnergyAt(point, conjugates(point)),
    observables,
    quadratureError: (point) => {
      const coarse = update(point);
      const fine = step(perSite(channel.finer().average(...inside(point, teacherVariance))));
      return fine.reduce((most, value, i) => Math.max(most, relativeChange(coarse[i], value)), 0);
    },
    warning: parts.warning,
    citations: parts.citations,
  };
}
