import { type PottsLike, philox4x32 } from '@spinformer/numerics';

const f = Math.fround;
const integers = new Int32Array(1);
const floats = new Float32Array(integers.buffer);

/** The kernel's exponential, one rounding per operation. */
export function exp32(x: number): number {
  const limited = Math.max(x, f(-87));
  const magic = f(12582912);
  const shifted = f(f(limited * f(Math.LOG2E)) + magic);
  const n = f(shifted - magic);
  let r = f(limited - f(n * f(0.693359375)));
  r = f(r - f(n * f(-2.1219444e-4)));
  let p = f(1.98756915e-4);
  for (const c of [1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1])
    p = f(f(p * r) + f(c));
  p = f(f(f(p * r) * r) + f(r + f(1)));
  floats[0] = shifted;
  const exponent = integers[0] << 23;
  floats[0] = p;
  integers[0] = (integers[0] + exponent) | 0;
  return floats[0];
}

/** Chain sweeps in plain TypeScript with float32 rounding: what the kernel must equal bit for bit. */
export function referenceSweeps(
  model: PottsLike,
  beta: number,
  keys: ArrayLike<number>,
  values: Int32Array,
  firstSweep: number,
  sweeps: number,
  rule: 'heat-bath' | 'metropolis',
): void {
  const chains = keys.length / 2;
  for (let c = 0; c < chains; c++) {
    const key = [keys[2 * c] >>> 0, keys[2 * c + 1] >>> 0];
    const row = values.subarray(c * model.sites, (c + 1) * model.sites);
    for (let sweep = firstSweep; sweep < firstSweep + sweeps; sweep++)
      for (let i = 0; i < model.sites; i++) {
        const word = (purpose: number) => philox4x32([i >> 2, sweep, 0, purpose], key)[i & 3];
        const logits = logitsOf(model, beta, row, i);
        row[i] =
          rule === 'heat-bath' ? heatBath(logits, word(0)) : metropolis(logits, row[i], word(1), word(0));
      }
  }
}

function logitsOf(model: PottsLike, beta: number, row: Int32Array, i: number): number[] {
  const { sites, states, fields, couplings } = model;
  return Array.from({ length: states }, (_, a) => {
    let sum = f(fields[i * states + a]);
    for (let j = 0; j < sites; j++)
      if (j !== i) sum = f(sum + f(couplings[((j * sites + i) * states + row[j]) * states + a]));
    return f(sum * f(beta));
  });
}

function uniform(word: number): number {
  return f((word >>> 8) * 2 ** -24);
}

function heatBath(logits: readonly number[], word: number): number {
  const top = Math.max(...logits);
  let total = 0;
  const cumulative = logits.map((logit) => (total = f(total + exp32(f(logit - top)))));
  const target = f(uniform(word) * total);
  return cumulative.slice(0, -1).filter((value) => value <= target).length;
}

function metropolis(logits: readonly number[], old: number, proposal: number, word: number): number {
  let candidate = Math.floor((proposal * (logits.length - 1)) / 2 ** 32);
  if (candidate >= old) candidate++;
  return uniform(word) < exp32(Math.min(f(logits[candidate] - logits[old]), 0)) ? candidate : old;
}
