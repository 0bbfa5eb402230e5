/**
 * Do simulated rows agree with the theory over a grid of loads and ridges, and how does it go with size? Prints the
 * deviations in standard errors. Usage: node bench/agreement.mjs [sites] [repeats] [colours]
 */
import { seededRng } from '@spinformer/numerics';
import { isingProblem, pottsProblem, simulateRow, solveSaddlePoint } from '../dist/index.js';

const [sites, repeats, colours] = [200, 16, 2].map((value, i) => Number(process.argv[2 + i] ?? value));
const observables = ['trainingLoss', 'generalizationLoss', 'reconstructionError'];

for (const scenario of ['tilted', 'gaussian']) {
  const deviations = [];
  for (const load of [0.5, 1, 2, 4, 6]) {
    for (const ridge of [0.1, 0.5, 2]) {
      const isIsing = colours === 2;
      const row = {
        scenario,
        load,
        ridge,
        teacherVariance: isIsing ? 1 : 4,
        ...(isIsing ? {} : { colours }),
      };
      const problem = isIsing ? isingProblem(row) : pottsProblem({ ...row, colours });
      const theory = solveSaddlePoint(problem).observables;
      let found;
      const rng = seededRng(5).fork(`${load}/${ridge}`);
      for await (const tick of simulateRow(row, { sites, repeats, rng })) found = tick.statistics;
      const point = observables.map((name) => (found[name].mean - theory[name]) / found[name].standardError);
      deviations.push(...point);
      console.log(`${scenario} load ${load} ridge ${ridge}: ${point.map((z) => z.toFixed(1)).join(' ')}`);
    }
  }
  const square = deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length;
  const worst = Math.max(...deviations.map(Math.abs));
  console.log(`${scenario}: mean squared deviation ${square.toFixed(2)}, worst ${worst.toFixed(1)}`);
}
