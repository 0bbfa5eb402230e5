import type { Floats } from '@spinformer/numerics';
import { centring, colourCovariance, zeroSum } from '../channels/colour-matrices.ts';
import { type MatrixAverages, type MatrixOrder, matrixChannel } from '../channels/matrix-channel.ts';
import { checkInteger, checkLearning, checkScenario } from '../check.ts';
import { innerProduct, multiply, semidefiniteRoot, transpose } from '../linear-algebra/small-matrix.ts';
import {
  type ColourQuadrature,
  type ColourQuadratureOptions,
  planColourQuadrature,
  refine,
} from '../quadrature/colour-quadrature.ts';
import type { Observables, ReplicaProblem, Scenario } from '../replica-problem.ts';

/** One row of a full Potts model: a [colours, colours] matrix per site is learned. */
export interface UnstructuredPottsOptions extends ColourQuadratureOptions {
  /** α = sequences / sites, ≥ 0. */
  readonly load: number;
  /** λ > 0 in Σ_μ loss + (λ/2) Σ_j |W_j|². */
  readonly ridge: number;
  /** ρ > 0: the teacher is W*_j = w*_j U with mean square w* of ρ. */
  readonly teacherVariance: number;
  /** C, 2…256. */
  readonly colours: number;
  readonly scenario: Scenario;
  /** The teacher's U, [colours, colours]; default the identity. */
  readonly colourMatrix?: Floats<'colours colours'>;
}

function unpack(point: Float64Array, colours: number): MatrixOrder {
  const size = colours * colours;
  const part = (k: number) => point.slice(k * size, (k + 1) * size);
  const symmetric = (a: Float64Array) =>
    a.map((value, i) => {
      return (value + a[(i % colours) * colours + Math.floor(i / colours)]) / 2;
    });
  return { m: part(0), q: symmetric(part(1)), v: symmetric(part(2)) };
}

function pack({ m, q, v }: MatrixOrder): Float64Array {
  const out = new Float64Array(3 * m.length);
  out.set(m, 0);
  out.set(q, m.length);
  out.set(v, 2 * m.length);
  return out;
}

const trace = (a: Float64Array, n: number) => {
  let total = 0;
  for (let i = 0; i < n; i++) total += a[i * n + i];
  return total;
};

const scaled = (a: Float64Array, factor: number) => a.map((value) => value * factor);

/** The conjugates, multiplied by the load. */
interface MatrixHats {
  readonly mHat: Float64Array;
  readonly qHat: Float64Array;
  readonly vHat: Float64Array;
}

/** What the weights' Gaussian integral gives. */
interface MatrixWeights extends MatrixOrder {
  readonly norm: number;
  readonly alignment: number;
  readonly energy: number;
}

/** P A P with A = (λ + V̂/C)⁻¹, and the averages over the weights of every site. */
function averageWeights(
  { mHat, qHat, vHat }: MatrixHats,
  teacher: Float64Array,
  options: UnstructuredPottsOptions,
): MatrixWeights {
  const { colours, ridge, teacherVariance } = options;
  const product = (a: Float64Array, b: Float64Array) => multiply(a, b, colours, colours, colours);
  const p = centring(colours);
  // Forces have zero sums: along (1, …, 1) A meets nothing, and its 1/λ would only amplify rounding.
  const aside = ridge + trace(vHat, colours);
  const stiffness = vHat.map(
    (value, i) => value / colours + (i % (colours + 1) === 0 ? ridge : 0) + aside / colours,
  );
  const { inverse } = semidefiniteRoot(stiffness, colours, 0);
  const response = product(product(p, product(transpose(inverse, colours, colours), inverse)), p);
  const inputs = (colours - 1) / colours;
  const pulled = product(mHat, teacher);
  const signal = product(pulled, transpose(mHat, colours, colours));
  const source = qHat.map((value, i) => inputs * value + (teacherVariance / colours) * signal[i]);
  const moved = product(product(response, source), response);
  return {
    m: scaled(product(response, pulled), teacherVariance / colours),
    q: scaled(moved, 1 / colours),
    v: scaled(response, inputs),
    norm: trace(moved, colours),
    alignment: teacherVariance * innerProduct(response, pulled),
    energy: innerProduct(response, source),
  };
}

function freeEnergy(
  averages: MatrixAverages,
  hats: MatrixHats,
  order: MatrixOrder,
  energy: number,
  load: number,
): number {
  const pairs = innerProduct(hats.qHat, order.v) - innerProduct(hats.vHat, order.q);
  return load * averages.envelope + pairs / 2 + innerProduct(hats.mHat, order.m) - energy / 2;
}

function names(colours: number): string[] {
  return ['m', 'q', 'v'].flatMap((letter) =>
    Array.from({ length: colours ** 2 }, (_, i) => `${letter}${Math.floor(i / colours)},${i % colours}`),
  );
}

function largestPerBlock(point: Float64Array, colours: number): Float64Array {
  const size = colours * colours;
  return point.map((_, i) => {
    const start = Math.floor(i / size) * size;
    return point.subarray(start, start + size).reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  });
}

/** The data's side with its last averages kept: update, free energy and observables ask for one point in turn. */
function dataSide(teacher: Float64Array, options: UnstructuredPottsOptions, plan: ColourQuadrature) {
  const { colours, teacherVariance, scenario, load } = options;
  const channel = matrixChannel(teacher, colours, teacherVariance, scenario, plan);
  let last: { point: Float64Array; averages: MatrixAverages } | undefined;
  const averagesAt = (point: Float64Array): MatrixAverages => {
    if (!last?.point.every((value, i) => value === point[i])) {
      last = { point: point.slice(), averages: channel.average(unpack(point, colours)) };
    }
    return last.averages;
  };
  const hatsAt = (point: Float64Array): MatrixHats => {
    const { mHat, qHat, vHat } = averagesAt(point);
    return { mHat: scaled(mHat, load), qHat: scaled(qHat, load), vHat: scaled(vHat, load) };
  };
  return { averagesAt, hatsAt, test: channel.test };
}

/**
 * One row of an unstructured Potts model on data of a generalised one: pseudo-likelihood learns a full matrix W_j per
 * site where factored attention ({@link pottsProblem}) learns a number. Order parameters are [colours, colours]
 * matrices; `m`, `q` and `v` of the observables are their traces over zero-sum vectors. For U = 1 and ridge → 0 every
 * observable equals that of factored attention at load/(colours − 1)².
 *
 * @throws {DomainError} when a number is out of its range or the quadrature would cost too much.
 * @throws {ShapeError} when the colour matrix is not [colours, colours].
 * @throws {ConfigError} when the scenario is unknown.
 * @source rende2024mapping; ekeberg2013plmdca
 */
export function unstructuredPottsProblem(options: UnstructuredPottsOptions): ReplicaProblem {
  const caller = 'unstructuredPottsProblem';
  checkLearning(caller, options);
  checkScenario(caller, options.scenario);
  const { load, ridge, teacherVariance, colours, scenario } = options;
  checkInteger(caller, 'colours', colours, 2, 256);
  const u = zeroSum(caller, 'colourMatrix', options.colourMatrix, colours);
  const teacher = colourCovariance(u, u, colours);
  const plan = planColourQuadrature(caller, colours, colours - 1, options);
  const data = dataSide(teacher, options, plan);
  const step = (hats: MatrixHats) => averageWeights(hats, teacher, options);
  const teacherNorm = teacherVariance * colours * trace(teacher, colours);
  const observables = (point: Float64Array): Observables => {
    const order = unpack(point, colours);
    const { norm, alignment } = step(data.hatsAt(point));
    return {
      trainingLoss: data.averagesAt(point).trainingLoss,
      ...data.test(order),
      reconstructionError: (norm - 2 * alignment + teacherNorm) / teacherNorm,
      m: trace(order.m, colours),
      q: trace(order.q, colours),
      v: innerProduct(centring(colours), order.v),
    };
  };
  const response = scaled(centring(colours), Math.min(1, 1 / ridge));
  return {
    name: `unstructured-potts (${colours} colours, ${scenario})`,
    load,
    orderParameters: names(colours),
    initial: () =>
      pack({
        m: scaled(teacher, 0.5 * teacherVariance),
        q: scaled(teacher, 0.7 * teacherVariance),
        v: response,
      }),
    update: (point) => pack(step(data.hatsAt(point))),
    freeEnergy: (point) => {
      const hats = data.hatsAt(point);
      const order = unpack(point, colours);
      return freeEnergy(data.averagesAt(point), hats, order, step(hats).energy, load);
    },
    observables,
    scale: (point) => largestPerBlock(point, colours),
    quadratureError: (point) => {
      const coarse = pack(step(data.hatsAt(point)));
      const fine = pack(step(dataSide(teacher, options, refine(plan)).hatsAt(point)));
      const scale = largestPerBlock(coarse, colours);
      return fine.reduce((most, value, i) => {
        return value === coarse[i] ? most : Math.max(most, Math.abs(value - coarse[i]) / scale[i]);
      }, 0);
    },
    citations: ['rende2024mapping', 'ekeberg2013plmdca'],
  };
}
