/**
 * Do simulated rows agree with the theory, over five loads and three ridges? Prints deviations in standard errors, their
 * mean square and the farthest, for each family of rows; families that are not named are left out.
 * Usage: node bench/agreement.mjs [sites] [repeats] [family …]
 */
import { seededRng } from '@spinformer/numerics';
import {
  isingProblem,
  normalDeviation,
  pottsProblem,
  ROW_OBSERVABLES,
  simulateRow,
  skSpectrum,
  solveSaddlePoint,
} from '../dist/index.js';

const OBSERVABLES = ['trainingLoss', 'generalizationLoss', 'reconstructionError'];
const LOADS = [0.5, 1, 2, 4, 6];
const RIDGES = [0.1, 0.5, 2];

/** A symmetric Gaussian matrix, (B + B')/√2. */
function goe(colours, rng) {
  const b = Float64Array.from({ length: colours ** 2 }, () => rng.normal());
  return b.map((x, i) => (x + b[(i % colours) * colours + Math.floor(i / colours)]) / Math.SQRT2);
}

const matrix = goe(4, seededRng(4));
const worlds = {
  ising: { teacherVariance: 1 },
  'ising-sk': { teacherVariance: 0.49, covariance: skSpectrum(0.7) },
  potts3: { teacherVariance: 4, colours: 3 },
  'potts3-sk': { teacherVariance: 4, colours: 3, covariance: skSpectrum(2 / 3) },
  potts4: { teacherVariance: 4, colours: 4 },
  'potts4-goe': { teacherVariance: 1, colours: 4, colourMatrix: matrix },
};
const families = Object.entries(worlds).flatMap(([name, world]) =>
  ['tilted', 'gaussian'].map((scenario) => [`${name}-${scenario}`, { ...world, scenario }]),
);

function theoryOf(row) {
  if (row.colours === undefined) return solveSaddlePoint(isingProblem(row));
  return solveSaddlePoint(pottsProblem({ ...row, ...(row.colours > 3 && { nodes: 17 }) }));
}

async function deviationsAt(row, sites, repeats, rng) {
  const { observables, status } = theoryOf(row);
  if (status !== 'converged') throw new Error(`the theory ended as ${status}`);
  let last;
  for await (const tick of simulateRow(row, { sites, repeats, rng })) last = tick;
  if (last.status !== 'converged') throw new Error(last.remedy);
  return OBSERVABLES.map((name) => {
    const column = ROW_OBSERVABLES.indexOf(name);
    const values = last.state.values.filter((_, i) => i % ROW_OBSERVABLES.length === column);
    return normalDeviation(values, observables[name]).deviation;
  });
}

const [sites, repeats] = [300, 32].map((value, i) => Number(process.argv[2 + i] ?? value));
const chosen = process.argv.slice(4);
for (const [name, world] of families.filter(([name]) => chosen.length === 0 || chosen.includes(name))) {
  const before = process.cpuUsage();
  const all = [];
  for (const load of LOADS) {
    for (const ridge of RIDGES) {
      const rng = seededRng(5).fork(`${load}/${ridge}`);
      const point = await deviationsAt({ ...world, load, ridge }, sites, repeats, rng);
      all.push(...point);
      if (point.some((z) => Math.abs(z) > 2.5)) {
        console.log(`  ${name} load ${load} ridge ${ridge}: ${point.map((z) => z.toFixed(1)).join(' ')}`);
      }
    }
  }
  const square = all.reduce((sum, z) => sum + z * z, 0) / all.length;
  const worst = Math.max(...all.map(Math.abs));
  const { user } = process.cpuUsage(before);
  console.log(
    `${name}, ${sites} sites, ${repeats} repeats: mean square ${square.toFixed(2)}, farthest of ${all.length} ${worst.toFixed(1)}, ${(user / 1e6).toFixed(0)} s`,
  );
}
