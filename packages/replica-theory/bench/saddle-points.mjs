/** How long does one point of a learning curve take, and how much does acceleration save? CPU time, best of five. */
import { isingProblem, learningCurve, pottsProblem, solveSaddlePoint } from '../dist/index.js';

function cpu(work) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage();
    work();
    best = Math.min(best, process.cpuUsage(before).user / 1000);
  }
  return best;
}

const common = { load: 4, ridge: 1, teacherVariance: 1 };
const problems = {
  'Ising, tilted': () => isingProblem({ ...common, scenario: 'tilted' }),
  'Ising, gaussian': () => isingProblem({ ...common, scenario: 'gaussian' }),
  'C = 3, tilted': () => pottsProblem({ ...common, teacherVariance: 4, colours: 3, scenario: 'tilted' }),
  'C = 3, gaussian': () => pottsProblem({ ...common, teacherVariance: 4, colours: 3, scenario: 'gaussian' }),
  'C = 5, tilted': () => pottsProblem({ ...common, teacherVariance: 4, colours: 5, scenario: 'tilted' }),
  'C = 5, gaussian': () => pottsProblem({ ...common, teacherVariance: 4, colours: 5, scenario: 'gaussian' }),
};

for (const [name, make] of Object.entries(problems)) {
  const fast = cpu(() => solveSaddlePoint(make()));
  const plain = cpu(() => solveSaddlePoint(make(), { anderson: 0 }));
  console.log(
    `${name.padEnd(16)} ${fast.toFixed(1).padStart(8)} ms, plain/accelerated ${(plain / fast).toFixed(2)}`,
  );
}
const loads = Array.from({ length: 60 }, (_, i) => 0.25 * 1.1 ** i);
const curve = cpu(() =>
  learningCurve((load) => isingProblem({ ...common, load, scenario: 'tilted' }), loads),
);
console.log(`60 points, Ising ${curve.toFixed(0).padStart(8)} ms (both directions)`);
