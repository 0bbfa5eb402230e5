import { logSumExp, type Rng } from '@spinformer/numerics';
import { zeroSum } from '../channels/colour-matrices.ts';
import type { RowData, RowSamples, RowSpecification } from './row-specification.ts';

interface PottsRow {
  readonly colours: number;
  readonly isTilted: boolean;
  readonly teacher: Float64Array;
  /** Zero-sum colour matrices of student and teacher. */
  readonly student: Float64Array;
  readonly truth: Float64Array;
  /** Tilted law: log p(y) up to a constant, and log p(s_j | y) up to one, [sites, y, s]. */
  readonly classLogits: Float64Array;
  readonly siteLogits: readonly Float64Array[][];
}

/** The exact law of a site and its neighbours on a star: p(y) ∝ Π_j Σ_s e^(J_j U_ys), neighbours independent given y. */
function starLaw(teacher: Float64Array, truth: Float64Array, colours: number) {
  const root = Math.sqrt(teacher.length);
  const classLogits = new Float64Array(colours);
  const siteLogits = Array.from(teacher, (w) =>
    Array.from({ length: colours }, (_, y) => {
      const logits = truth.slice(y * colours, (y + 1) * colours).map((u) => (w * u) / root);
      classLogits[y] += logSumExp(logits);
      return logits;
    }),
  );
  return { classLogits, siteLogits };
}

function drawSample(row: PottsRow, states: Int32Array, rng: Rng): number {
  const { colours, teacher, truth } = row;
  const sites = teacher.length;
  if (row.isTilted) {
    const y = rng.categorical(row.classLogits);
    for (let j = 0; j < sites; j++) states[j] = rng.categorical(row.siteLogits[j][y]);
    return y;
  }
  const logits = new Float64Array(colours);
  for (let j = 0; j < sites; j++) {
    states[j] = rng.integer(colours);
    const scale = teacher[j] / Math.sqrt(sites);
    for (let a = 0; a < colours; a++) logits[a] += scale * truth[a * colours + states[j]];
  }
  return rng.categorical(logits);
}

function drawSamples(count: number, row: PottsRow, rng: Rng): RowSamples {
  const { colours, teacher, student } = row;
  const sites = teacher.length;
  const features = new Float64Array(count * colours * sites);
  const targets = new Int32Array(count);
  const allStates = new Int32Array(count * sites);
  for (let sample = 0; sample < count; sample++) {
    const states = allStates.subarray(sample * sites, (sample + 1) * sites);
    targets[sample] = drawSample(row, states, rng);
    for (let a = 0; a < colours; a++) {
      const at = (sample * colours + a) * sites;
      for (let j = 0; j < sites; j++) {
        features[at + j] = student[a * colours + states[j]] / Math.sqrt(sites);
      }
    }
  }
  return { count, answers: colours, features, targets, states: allStates };
}

/** Teacher, training and test data of one row of factored attention with C colours. */
export function drawPottsRow(
  specification: RowSpecification & { readonly colours: number },
  sites: number,
  counts: { train: number; test: number },
  rng: Rng,
): RowData {
  const { colours, colourMatrix, teacherColourMatrix = colourMatrix, scenario } = specification;
  const draws = Float64Array.from({ length: sites }, () => rng.normal());
  const norm = draws.reduce((sum, w) => sum + w * w, 0) / sites;
  const teacher = draws.map((w) => w * Math.sqrt(specification.teacherVariance / norm));
  const truth = zeroSum('simulateRow', 'teacherColourMatrix', teacherColourMatrix, colours);
  const row: PottsRow = {
    colours,
    isTilted: scenario === 'tilted',
    teacher,
    student: zeroSum('simulateRow', 'colourMatrix', colourMatrix, colours),
    truth,
    ...starLaw(teacher, truth, colours),
  };
  return { teacher, train: drawSamples(counts.train, row, rng), test: drawSamples(counts.test, row, rng) };
}
