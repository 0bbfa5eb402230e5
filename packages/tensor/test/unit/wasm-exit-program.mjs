// Starts worker threads, computes, and leaves without cleaning up. Sources are loaded through vite, as in the tests.
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));
const conditions = ['@spinformer/source'];
const server = await createViteServer({
  root,
  configFile: false,
  logLevel: 'silent',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  ssr: { resolve: { conditions, externalConditions: conditions }, noExternal: [/^@spinformer/] },
});
const { wasm } = await server.ssrLoadModule('/src/backends/wasm.ts');
const backend = await wasm({ threads: 2 });
const values = Float64Array.from({ length: 100_000 }, (_, k) => k % 100);
const x = { buffer: backend.upload(values, 'float64'), shape: [100_000], dtype: 'float64' };
const sum = backend.kernels.reduce('sum', x, [0]);
console.log(backend.readSync(sum)[0]);
await server.close();
