import type { Rng } from '@spinformer/numerics';
import { identitySpectrum } from '../spectra/identity-spectrum.ts';
import type { Spectrum } from '../spectra/spectrum.ts';
import type { RowData, RowSamples, RowSpecification } from './row-specification.ts';

/** Eigenvalues and teacher overlaps of `sites` modes at the quantiles of a spectrum, ⟨tΩ⟩ scaled to ρ. */
function quantiles(spectrum: Spectrum, sites: number, teacherVariance: number) {
  const order = Array.from(spectrum.eigenvalues, (_, k) => k).sort(
    (i, j) => spectrum.eigenvalues[i] - spectrum.eigenvalues[j],
  );
  const omega = new Float64Array(sites);
  const overlap = new Float64Array(sites);
  let mode = 0;
  let reached = spectrum.weights[order[0]];
  for (let site = 0; site < sites; site++) {
    const wanted = (site + 0.5) / sites;
    while (reached < wanted && mode + 1 < order.length) reached += spectrum.weights[order[++mode]];
    omega[site] = spectrum.eigenvalues[order[mode]];
    overlap[site] = spectrum.teacherOverlaps[order[mode]];
  }
  const variance = omega.reduce((sum, value, i) => sum + value * overlap[i], 0) / sites;
  return { omega, overlap: overlap.map((value) => (value * teacherVariance) / variance) };
}

/** A teacher in the eigenbasis of Ω whose field has exactly the variance ρ. */
function drawTeacher(
  { omega, overlap }: ReturnType<typeof quantiles>,
  teacherVariance: number,
  rng: Rng,
): Float64Array {
  const teacher = overlap.map((value) => Math.sqrt(value) * rng.normal());
  const variance = teacher.reduce((sum, w, i) => sum + omega[i] * w * w, 0) / teacher.length;
  return teacher.map((w) => w * Math.sqrt(teacherVariance / variance));
}

type DrawInput = (answer: number, site: number) => number;

/** x given y (0 for an answer that comes later), site by site: the star graph's exact law for spins. */
function inputLaw(
  specification: RowSpecification,
  teacher: Float64Array,
  omega: Float64Array,
  rng: Rng,
): DrawInput {
  const root = Math.sqrt(teacher.length);
  const { inputs = specification.covariance ? 'gaussian' : 'spins' } = specification;
  if (inputs === 'gaussian') {
    return (y, i) => (y * omega[i] * teacher[i]) / root + Math.sqrt(omega[i]) * rng.normal();
  }
  return (y, i) => (rng.uniform() < 1 / (1 + Math.exp((-2 * y * teacher[i]) / root)) ? 1 : -1);
}

function drawSamples(
  count: number,
  teacher: Float64Array,
  isTilted: boolean,
  input: DrawInput,
  rng: Rng,
): RowSamples {
  const sites = teacher.length;
  const root = Math.sqrt(sites);
  const features = new Float64Array(count * 2 * sites);
  const targets = new Int32Array(count);
  for (let sample = 0; sample < count; sample++) {
    const chosen = isTilted ? (rng.uniform() < 0.5 ? 1 : -1) : 0;
    let field = 0;
    const at = 2 * sample * sites;
    for (let i = 0; i < sites; i++) {
      const x = input(chosen, i) / root;
      features[at + i] = x;
      features[at + sites + i] = -x;
      field += teacher[i] * x;
    }
    const y = chosen !== 0 ? chosen : rng.uniform() < 1 / (1 + Math.exp(-2 * field)) ? 1 : -1;
    targets[sample] = y === 1 ? 0 : 1;
  }
  return { count, answers: 2, features, targets };
}

/** Teacher, training and test data of an Ising row; answers 0 and 1 are y = +1 and −1 with logits ±g. */
export function drawIsingRow(
  specification: RowSpecification,
  sites: number,
  counts: { train: number; test: number },
  rng: Rng,
): RowData {
  const modes = quantiles(
    specification.covariance ?? identitySpectrum(),
    sites,
    specification.teacherVariance,
  );
  const teacher = drawTeacher(modes, specification.teacherVariance, rng);
  const input = inputLaw(specification, teacher, modes.omega, rng);
  const isTilted = specification.scenario === 'tilted';
  return {
    teacher,
    train: drawSamples(counts.train, teacher, isTilted, input, rng),
    test: drawSamples(counts.test, teacher, isTilted, input, rng),
  };
}
