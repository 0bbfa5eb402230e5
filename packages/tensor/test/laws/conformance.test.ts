import { existsSync } from 'node:fs';
import { describe, it } from 'vitest';
import { type Backend, cpu } from '../../src/index.ts';
import { conformanceSuite } from '../../src/testing/index.ts';

const hooks = { describe, it, skip: (title: string) => it.skip(title, () => {}) };

conformanceSuite(cpu(), hooks);

const wasmSource = new URL('../../src/backends/wasm.ts', import.meta.url);
if (existsSync(wasmSource)) {
  const { wasm } = (await import(wasmSource.href)) as { wasm(options?: object): Promise<Backend> };
  conformanceSuite(await wasm(), hooks);
} else {
  describe('wasm', () => {
    it.skip('(src/backends/wasm.ts does not exist)', () => {});
  });
}
