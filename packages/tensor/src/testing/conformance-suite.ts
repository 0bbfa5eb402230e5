import type { Backend, BufferHandle, DType, TypedArray } from '../backend.ts';
import { cpu } from '../backends/cpu.ts';
import { currentBackend, useBackend } from '../use-backend.ts';
import { checkGradient } from './check-gradient.ts';
import { expectClose } from './expect-close.ts';
import { GRADIENT_CASES } from './gradient-cases.ts';
import { KERNEL_CASES } from './kernel-cases/index.ts';
import { type KernelCase, operandMaker } from './kernel-cases/kernel-case.ts';
import { leakCheck } from './leak-check.ts';

/** What the suite needs of a test runner; vitest's functions fit as they are. */
export interface TestHooks {
  describe(title: string, body: () => void): void;
  it(title: string, body: () => void | Promise<void>): void;
  /** Registers a test that is shown as skipped; the reason stands in its title. */
  skip(title: string): void;
}

/**
 * The contract of a backend as tests: every kernel, dtype and odd shape against `cpu()`, the gradient of every
 * operation against central differences in float64, and no byte left behind. What the backend says it lacks is
 * skipped visibly.
 */
export function conformanceSuite(backend: Backend, hooks: TestHooks): void {
  hooks.describe(`${backend.name} kernels agree with the reference`, () => {
    for (const test of KERNEL_CASES)
      for (const dtype of test.dtypes) {
        const title = `${test.kernel} · ${dtype} · ${test.title}`;
        if (backend.supports(test.kernel, dtype)) hooks.it(title, () => checkKernel(backend, test, dtype));
        else hooks.skip(`${title} (${backend.name} has no ${test.kernel} for ${dtype})`);
      }
  });
  hooks.describe(`${backend.name} gradients agree with central differences`, () => {
    for (const test of GRADIENT_CASES) {
      const title = `${test.primitive} · ${test.title}`;
      if (backend.supports('binary', 'float64'))
        hooks.it(title, () => leakCheck(backend, () => onto(backend, test)));
      else hooks.skip(`${title} (${backend.name} has no float64)`);
    }
  });
  hooks.describe(`${backend.name} buffers`, () => {
    for (const dtype of ['float32', 'float64', 'int32'] as const) checkBuffers(backend, dtype, hooks);
  });
}

async function onto(backend: Backend, test: (typeof GRADIENT_CASES)[number]): Promise<void> {
  const former = currentBackend();
  useBackend(backend);
  try {
    await checkGradient(test);
  } finally {
    useBackend(former);
  }
}

/** Runs one case on one backend and frees all that it made. */
async function outcome(backend: Backend, test: KernelCase, dtype: DType): Promise<(TypedArray | null)[]> {
  const uploaded: BufferHandle[] = [];
  const make = operandMaker((values, as) => {
    const buffer = backend.upload(values, as);
    uploaded.push(buffer);
    return buffer;
  }, dtype);
  const buffers = test.run(backend.kernels, make, dtype);
  const arrays: (TypedArray | null)[] = [];
  for (const buffer of buffers) arrays.push(buffer && (await backend.read(buffer)));
  for (const buffer of buffers) if (buffer) backend.free(buffer);
  for (const buffer of uploaded) backend.free(buffer);
  return arrays;
}

async function checkKernel(backend: Backend, test: KernelCase, dtype: DType): Promise<void> {
  const actual = await leakCheck(backend, () => outcome(backend, test, dtype));
  const expected = await outcome(cpu(), test, dtype);
  expected.forEach((array, k) => {
    if ((array === null) !== (actual[k] === null))
      throw new Error(`result ${k}: present on one backend only`);
    if (array !== null) expectClose(actual[k]!, array, dtype, test.terms);
  });
}

function checkBuffers(backend: Backend, dtype: DType, hooks: TestHooks): void {
  if (!backend.supports('fill', dtype)) {
    hooks.skip(`${dtype} (${backend.name} has no fill for ${dtype})`);
    return;
  }
  hooks.it(`${dtype} comes back as it was given, in copies`, () =>
    leakCheck(backend, async () => {
      const given = [1.5, -2.5, 3, 0, 7];
      const buffer = backend.upload(given, dtype);
      if (buffer.length !== 5 || buffer.dtype !== dtype)
        throw new Error('the handle has another length or dtype');
      const first = await backend.read(buffer);
      const kept = first.slice();
      first.fill(9);
      const expected = dtype === 'int32' ? given.map(Math.trunc) : given;
      expectClose(await backend.read(buffer), Float64Array.from(expected), 'int32');
      expectClose(backend.readSync?.(buffer) ?? kept, Float64Array.from(expected), 'int32');
      backend.free(buffer);
    }),
  );
  hooks.it(`${dtype} is counted in bytesInUse`, () =>
    leakCheck(backend, () => {
      const before = backend.bytesInUse();
      const buffer = backend.upload(new Float64Array(1000), dtype);
      if (backend.bytesInUse() < before + 1000 * (dtype === 'float64' ? 8 : 4))
        throw new Error('a new buffer of 1000 numbers is not counted');
      backend.free(buffer);
    }),
  );
}
