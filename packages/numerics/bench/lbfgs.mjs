// What does L-BFGS itself cost beside the evaluations, as a share of the time to copy its vectors? Run after `tsc -b`: node bench/lbfgs.mjs
import { loadavg } from 'node:os';
import { minimize } from '@spinformer/numerics';

const PARAMETERS = 2_000_000;
const ITERATIONS = 20;

function milliseconds(work) {
  const start = process.cpuUsage();
  work();
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000;
}

/** Independent curves of different curvature, not quadratic, so that the line search has something to do. */
function objective(x, gradient) {
  let value = 0;
  for (let i = 0; i < x.length; i++) {
    const curvature = 1 + (i % 100);
    const push = 0.1 * Math.exp(-x[i]);
    gradient[i] = curvature * (x[i] - 1) - push;
    value += (curvature * (x[i] - 1) ** 2) / 2 + push;
  }
  return value;
}

const source = new Float64Array(PARAMETERS).fill(1);
const target = new Float64Array(PARAMETERS);
const copy =
  milliseconds(() => {
    for (let k = 0; k < 50; k++) target.set(source);
  }) / 50;

for (const options of [{ history: 3 }, { history: 8 }, { history: 3, historyPrecision: 'float32' }]) {
  let inside = 0;
  let result;
  const all = milliseconds(() => {
    result = minimize(
      (x, gradient) => {
        let value;
        inside += milliseconds(() => {
          value = objective(x, gradient);
        });
        return value;
      },
      new Float64Array(PARAMETERS),
      { ...options, maxIterations: ITERATIONS, gradientTolerance: 0 },
    );
  });
  const overhead = (all - inside) / result.iterations;
  console.log(
    `${JSON.stringify(options).padEnd(44)} ${overhead.toFixed(0).padStart(5)} ms CPU an iteration = ${(overhead / copy).toFixed(0)} copies of ${PARAMETERS} numbers; ${result.evaluations} evaluations`,
  );
}
console.log(`load average ${loadavg()[0].toFixed(2)}`);
