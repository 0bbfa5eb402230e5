import { logSumExp, type Rng } from '@spinformer/numerics';
import { zeroSum } from '../channels/colour-matrices.ts';
import { identitySpectrum } from '../spectra/identity-spectrum.ts';
import { colourInputs } from './colour-inputs.ts';
import { drawTeacher, type Teacher } from './draw-teacher.ts';
import { factoredRow } from './factored-row.ts';
import { gaussianInputs } from './gaussian-inputs.ts';
import type { LinearRow, RowInputs, RowSamples } from './row-inputs.ts';
import type { RowSpecification } from './row-specification.ts';
import { unstructuredRow } from './unstructured-row.ts';

/** A teacher with training and test data. */
export interface RowData {
  /** w*, [sites]. */
  readonly teacher: Float64Array;
  /** The teacher in the parameters of the student, [size]. */
  readonly truth: Float64Array;
  readonly train: RowSamples;
  readonly test: RowSamples;
}

/** Everything that data of a row are drawn from. */
interface RowLaw {
  readonly answers: number;
  readonly teacher: Teacher;
  /** From the channels of the inputs to the logits, [answers, channels]. */
  readonly student: Float64Array;
  readonly truth: Float64Array;
  readonly channels: number;
  readonly isTilted: boolean;
  readonly isGaussian: boolean;
  readonly isUnstructured: boolean;
}

/** Makes 32 random bits a number in [0, 1): the shares of colours need no more, and twice as many cost twice as much. */
const UNIT = 2 ** -32;

/** Two spins: the logits of y = ±1 are ±g, and state 0 is x = +1. */
const SPINS = Float64Array.of(1, -1, -1, 1);
const SPIN_VECTOR = Float64Array.of(1, -1);

function lawOf(specification: RowSpecification, teacher: Teacher): RowLaw {
  const { colours, colourMatrix, teacherColourMatrix = colourMatrix, covariance } = specification;
  const { inputs = covariance ? 'gaussian' : 'spins' } = specification;
  const isGaussian = inputs === 'gaussian';
  const common = {
    ...{ answers: colours ?? 2, teacher, isGaussian },
    isTilted: specification.scenario === 'tilted',
    isUnstructured: specification.structure === 'unstructured',
  };
  if (colours === undefined) {
    const matrix = isGaussian ? SPIN_VECTOR : SPINS;
    return { ...common, student: matrix, truth: matrix, channels: isGaussian ? 1 : 2 };
  }
  // Gaussian inputs have a channel of variance one per colour; a colour itself has covariance P/C.
  const scale = isGaussian ? 1 / Math.sqrt(colours) : 1;
  const scaled = (name: string, matrix: ArrayLike<number> | undefined) =>
    zeroSum('simulateRow', name, matrix, colours).map((u) => scale * u);
  const student = scaled('colourMatrix', colourMatrix);
  const truth = scaled('teacherColourMatrix', teacherColourMatrix);
  return { ...common, student, truth, channels: colours };
}

/** log p(y) of the tilted law up to a constant: the inputs summed or integrated over. */
function tiltedLogits({ answers, channels, truth, teacher, isGaussian }: RowLaw): Float64Array {
  const { weights, omega } = teacher;
  const sites = weights.length;
  return Float64Array.from({ length: answers }, (_, y) => {
    const row = truth.subarray(y * channels, (y + 1) * channels);
    const square = row.reduce((sum, u) => sum + u * u, 0);
    let total = 0;
    for (let j = 0; j < sites; j++) {
      total += isGaussian
        ? (square * omega[j] * weights[j] ** 2) / (2 * sites)
        : logSumExp(row.map((u) => (u * weights[j]) / Math.sqrt(sites)));
    }
    return total;
  });
}

/** Colours of all neighbours, [sites, count]: uniform, or given the answers as in a star. */
function drawStates(law: RowLaw, count: number, answers: Int32Array | undefined, rng: Rng): Uint8Array {
  const { channels, truth, teacher } = law;
  const sites = teacher.weights.length;
  const states = new Uint8Array(sites * count);
  if (answers === undefined) return states.map(() => rng.integer(channels));
  const cumulative = new Float64Array(truth.length);
  for (let j = 0; j < sites; j++) {
    const weight = teacher.weights[j] / Math.sqrt(sites);
    for (let at = 0; at < truth.length; at += channels) {
      const norm = logSumExp(truth.subarray(at, at + channels).map((u) => weight * u));
      for (let s = 0, sum = 0; s < channels; s++) {
        sum += Math.exp(weight * truth[at + s] - norm);
        cumulative[at + s] = sum;
      }
    }
    for (let k = 0; k < count; k++) {
      const at = answers[k] * channels;
      const u = rng.uint32() * UNIT;
      let s = 0;
      while (s < channels - 1 && u >= cumulative[at + s]) s++;
      states[j * count + k] = s;
    }
  }
  return states;
}

/** Gaussian inputs, [count, channels, sites]: mean y-dependent Ω w* Uᵀe_y/√L in the tilted law, covariance Ω. */
function drawVectors(law: RowLaw, count: number, answers: Int32Array | undefined, rng: Rng): Float64Array {
  const { channels, truth, teacher } = law;
  const { weights, omega } = teacher;
  const sites = weights.length;
  const spread = omega.map(Math.sqrt);
  const mean = weights.map((w, j) => (omega[j] * w) / Math.sqrt(sites));
  const values = new Float64Array(count * channels * sites);
  for (let row = 0; row < count * channels; row++) {
    const answer = answers?.[Math.floor(row / channels)];
    const pull = answer === undefined ? 0 : truth[answer * channels + (row % channels)];
    const at = row * sites;
    for (let j = 0; j < sites; j++) values[at + j] = pull * mean[j] + spread[j] * rng.normal();
  }
  return values;
}

function drawSamples(law: RowLaw, count: number, rng: Rng): RowSamples {
  const { answers, channels, isGaussian, isTilted, isUnstructured, teacher } = law;
  const sites = teacher.weights.length;
  const first = isTilted ? tiltedLogits(law) : undefined;
  const given = first && Int32Array.from({ length: count }, () => rng.categorical(first));
  let inputs: RowInputs;
  let student: LinearRow | undefined;
  if (isGaussian) inputs = gaussianInputs(drawVectors(law, count, given, rng), sites, channels);
  else {
    const states = drawStates(law, count, given, rng);
    inputs = colourInputs(states, sites, channels);
    if (isUnstructured) student = unstructuredRow(states, sites, channels);
  }
  const truth = new Float64Array(count * answers);
  factoredRow(inputs, law.truth).logits(teacher.weights, truth);
  const targets =
    given ??
    Int32Array.from({ length: count }, (_, k) =>
      rng.categorical(truth.subarray(k * answers, (k + 1) * answers)),
    );
  return { row: student ?? factoredRow(inputs, law.student), targets, truth };
}

/**
 * Teacher, training and test data of one row: inputs are colours (or spins) of independent neighbours, or Gaussian
 * vectors in the eigenbasis of their covariance; `tilted` is the exact joint law of the site with its neighbours.
 */
export function drawRow(
  specification: RowSpecification,
  sites: number,
  counts: { train: number; test: number },
  rng: Rng,
): RowData {
  const { covariance = identitySpectrum(), teacherVariance } = specification;
  const teacher = drawTeacher(covariance, sites, teacherVariance, rng);
  const law = lawOf(specification, teacher);
  const { weights } = teacher;
  const square = law.truth.length;
  const truth = law.isUnstructured
    ? Float64Array.from(
        { length: sites * square },
        (_, i) => weights[Math.floor(i / square)] * law.truth[i % square],
      )
    : weights;
  return {
    teacher: weights,
    truth,
    train: drawSamples(law, counts.train, rng),
    test: drawSamples(law, counts.test, rng),
  };
}
