// Runs a TypeScript program of this folder on the packages' sources: node bench/run.mjs set-a.ts [arguments]
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const conditions = ['@spinformer/source'];
const server = await createViteServer({
  configFile: false,
  root: dirname(fileURLToPath(import.meta.url)),
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  logLevel: 'error',
});
const [file, ...rest] = process.argv.slice(2);
const { main } = await server.ssrLoadModule(resolve(import.meta.dirname, file));
await main(rest);
await server.close();
