import type { Backend, BackendReport } from './backend.ts';
import { cpu } from './backends/cpu.ts';
import { wasm } from './backends/wasm.ts';
import { noise } from './noise.ts';

/** How {@link probeBackends} looks around. */
export interface ProbeOptions {
  /** Milliseconds from any origin; default: `performance.now`. Without a clock no speed is measured. */
  readonly clock?: () => number;
  /** Measure the speed of a 512³ float32 product, which takes a moment on `cpu`; default true. */
  readonly measure?: boolean;
  /** Further backends to probe, by name. */
  readonly others?: Readonly<Record<string, () => Promise<Backend>>>;
}

/** Side of the products that are timed, and of those that are only checked. */
const SIDE = 512;
const CHECKED_SIDE = 48;
/** Enough repetitions to time fast backends; slow ones stop after the first. */
const REPETITIONS = 8;
const ENOUGH_MS = 400;
/** Float32 sums of 48 products of numbers below 1. */
const TOLERANCE = 1e-4;

/**
 * What every known backend can do on this machine. Each is probed by computing: a product is compared with the
 * reference, because a backend that loads may still compute wrongly; then it is timed.
 * One that cannot be used is reported with the reason; nothing throws.
 */
export async function probeBackends(options: ProbeOptions = {}): Promise<readonly BackendReport[]> {
  const makers = { wasm: () => wasm(), cpu: async () => cpu(), ...options.others };
  const reports: BackendReport[] = [];
  for (const [name, make] of Object.entries(makers)) reports.push(await probe(name, make, options));
  return reports;
}

async function probe(
  name: string,
  make: () => Promise<Backend>,
  options: ProbeOptions,
): Promise<BackendReport> {
  const absent = (reason: string): BackendReport => ({ name, available: false, reason, threads: 0 });
  try {
    const backend = await make();
    const difference = await compare(backend);
    if (!(difference <= TOLERANCE))
      return absent(
        `It loads, but a ${CHECKED_SIDE}³ matrix product is off by ${difference}. Use another backend and report this.`,
      );
    const clock = options.clock ?? (() => globalThis.performance?.now());
    const measured = (options.measure ?? true) && clock() !== undefined;
    return measured ? { ...backend.describe(), gflops: await speed(backend, clock) } : backend.describe();
  } catch (cause) {
    return absent(cause instanceof Error ? cause.message : String(cause));
  }
}

/** a·b of two side×side matrices. */
async function product(backend: Backend, side: number): Promise<Float32Array> {
  const shape = [side, side];
  const [a, b] = [1, 2].map((seed) => ({
    buffer: backend.upload(noise(side * side, seed), 'float32'),
    shape,
    dtype: 'float32' as const,
  }));
  const out = backend.kernels.matmul(a, b, { transposeA: false, transposeB: false }, shape);
  const values = (await backend.read(out)) as Float32Array;
  for (const buffer of [a.buffer, b.buffer, out]) backend.free(buffer);
  return values;
}

/** The largest difference from the reference. */
async function compare(backend: Backend): Promise<number> {
  const [actual, expected] = [await product(backend, CHECKED_SIDE), await product(cpu(), CHECKED_SIDE)];
  return expected.reduce((worst, value, k) => Math.max(worst, Math.abs(value - actual[k])), 0);
}

/** 10⁹ floating-point operations a second in the best of a few float32 products of 512³. */
async function speed(backend: Backend, clock: () => number): Promise<number> {
  const shape = [SIDE, SIDE];
  const operand = {
    buffer: backend.upload(noise(SIDE * SIDE, 1), 'float32'),
    shape,
    dtype: 'float32' as const,
  };
  let best = Infinity;
  const begin = clock();
  for (let k = 0; k < REPETITIONS && (k === 0 || clock() - begin < ENOUGH_MS); k++) {
    const start = clock();
    const out = backend.kernels.matmul(operand, operand, { transposeA: false, transposeB: false }, shape);
    if (!backend.readSync) await backend.read(out);
    best = Math.min(best, clock() - start);
    backend.free(out);
  }
  backend.free(operand.buffer);
  return (2 * SIDE ** 3) / (best * 1e6);
}
