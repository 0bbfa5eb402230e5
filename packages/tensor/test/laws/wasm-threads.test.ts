import { describe, expect, it } from 'vitest';
import { type Backend, type BufferHandle, type DType, type TypedArray, wasm } from '../../src/index.ts';
import { WasmRuntime } from '../../src/wasm/index.ts';
import { noise, operand } from '../unit/wasm-operands.ts';

/** Rounding of one multiplication, times the longest sum here (1300 terms), with room for the exponentials. */
const RELAXED_TOLERANCE = { float32: 2e-4, float64: 4e-13 };

type Run = (backend: Backend, dtype: DType) => readonly (BufferHandle | null)[];

const plain = { transposeA: false, transposeB: false };

/** Sizes that make several chunks and end in the middle of vectors and tiles. */
const RUNS: Readonly<Record<string, Run>> = {
  'unary and its gradient': (b, t) => {
    const x = operand(b, [100_003], t);
    return (['exp', 'gelu', 'logCosh', 'sin'] as const).flatMap((op) => {
      const y = b.kernels.unary(op, x);
      return [y, b.kernels.unaryGrad(op, x, { ...x, buffer: y }, x)];
    });
  },
  'broadcast arithmetic': (b, t) => [
    b.kernels.binary('mul', operand(b, [701, 133], t), operand(b, [133], t), [701, 133]),
    b.kernels.binary('add', operand(b, [7, 1, 333], t), operand(b, [101, 1], t), [7, 101, 333]),
  ],
  reductions: (b, t) => [
    b.kernels.reduce('sum', operand(b, [5003, 37], t), [0, 1]),
    b.kernels.reduce('sum', operand(b, [5003, 37], t), [0]),
    b.kernels.reduce('sum', operand(b, [50, 103, 37], t), [1]),
    b.kernels.reduce('max', operand(b, [17, 103, 37], t), [0, 2]),
  ],
  movement: (b, t) => [
    b.kernels.permute(operand(b, [40, 25, 12, 6], t), [0, 2, 1, 3]),
    b.kernels.permute(operand(b, [403, 257], t), [1, 0]),
    b.kernels.scatterAdd(operand(b, [5001, 19], t), indices(b, 5001, 23), 23),
  ],
  products: (b, t) => [
    b.kernels.matmul(operand(b, [301, 277], t), operand(b, [277, 203], t), plain, [301, 203]),
    b.kernels.matmul(
      operand(b, [1300, 31], t),
      operand(b, [1300, 45], t),
      { transposeA: true, transposeB: false },
      [31, 45],
    ),
    b.kernels.matmul(
      operand(b, [33, 21, 47], t),
      operand(b, [33, 29, 47], t),
      { transposeA: false, transposeB: true },
      [33, 21, 29],
    ),
    ...Object.values(
      b.kernels.dense(operand(b, [1201, 72], t), operand(b, [72, 53], t), operand(b, [53], t), 'gelu', false),
    ),
  ],
  'rows and losses': (b, t) => {
    const x = operand(b, [3001, 21], t);
    const g = operand(b, [3001], t);
    const gain = operand(b, [21], t);
    const { y, mean, inverse } = b.kernels.layerNorm(x, gain, gain, 1e-5);
    const row = (buffer: BufferHandle) => ({ buffer, shape: [3001], dtype: t });
    return [
      b.kernels.softmax(x),
      b.kernels.logSoftmax(x),
      b.kernels.crossEntropy(x, indices(b, 3001, 21)),
      b.kernels.crossEntropyGrad(x, indices(b, 3001, 21), g),
      y,
      ...Object.values(b.kernels.layerNormGrad(x, gain, row(mean), row(inverse), x)),
    ];
  },
  attention: (b, t) => {
    const q = operand(b, [31, 25, 12, 6], t);
    const k = operand(b, [31, 25, 12, 6], t, noise(31 * 25 * 72, 9));
    const { out, probabilities } = b.kernels.attention(q, k, q, operand(b, [25, 25], t), 0.4);
    const p = { buffer: probabilities, shape: [31, 12, 25, 25], dtype: t };
    return [out, probabilities, ...Object.values(b.kernels.attentionGrad(q, k, q, p, q, 0.4))];
  },
  'positional mixing': (b, t) => {
    const weights = operand(b, [3, 37, 37], t);
    const values = operand(b, [90, 37, 3, 21], t);
    return [
      b.kernels.positionalMix(weights, values),
      ...Object.values(b.kernels.positionalMixGrad(weights, values, values)),
    ];
  },
};

function indices(backend: Backend, length: number, below: number) {
  return operand(
    backend,
    [length],
    'int32',
    Int32Array.from({ length }, (_, k) => ((k * 7919) % (below + 1)) - 1),
  );
}

const backends: Backend[] = [];
for (const threads of [1, 2, 4])
  backends.push(await wasm({ runtime: new WasmRuntime({ threads, relaxed: false }) }));
const relaxed = await wasm({ runtime: new WasmRuntime({ threads: 2 }) });
const hasRelaxed = relaxed.describe().mode === 'relaxed-simd';

function results(backend: Backend, run: Run, dtype: DType) {
  return run(backend, dtype).map((buffer) => buffer && backend.readSync!(buffer));
}

function sameBits(a: TypedArray | null, b: TypedArray | null): boolean {
  if (a === null || b === null) return a === b;
  return Buffer.compare(Buffer.from(a.buffer), Buffer.from(b.buffer)) === 0;
}

describe('results do not depend on the number of threads', () => {
  for (const dtype of ['float32', 'float64'] as const)
    for (const [name, run] of Object.entries(RUNS))
      it(`${name} · ${dtype}: the same bits with 1, 2 and 4`, () => {
        const [one, ...others] = backends.map((backend) => results(backend, run, dtype));
        for (const other of others) {
          const same = other.map((array, k) => sameBits(array, one[k]));
          expect(same).not.toContain(false);
        }
      });
});

describe.skipIf(!hasRelaxed)(
  `relaxed SIMD agrees with plain SIMD${hasRelaxed ? '' : ' (this engine has none)'}`,
  () => {
    for (const dtype of ['float32', 'float64'] as const)
      for (const [name, run] of Object.entries(RUNS))
        it(`${name} · ${dtype}`, () => {
          const expected = results(backends[0], run, dtype);
          results(relaxed, run, dtype).forEach((array, k) => {
            array?.forEach((value, at) => {
              const exact = expected[k]![at];
              const allowed = RELAXED_TOLERANCE[dtype] * Math.max(1, Math.abs(exact));
              if (!(Math.abs(value - exact) <= allowed))
                expect.fail(`result ${k} at ${at}: ${value}, not ${exact}`);
            });
          });
        });
  },
);
