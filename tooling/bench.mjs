// Runs a TypeScript benchmark on the packages' sources, from a package's folder:
//   node ../../tooling/bench.mjs bench/set-a.ts [arguments]
import { resolve } from 'node:path';
import { createViteServer } from 'vitest/node';

const conditions = ['@spinformer/source'];
const server = await createViteServer({
  configFile: false,
  root: process.cwd(),
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  logLevel: 'error',
});
const [file, ...rest] = process.argv.slice(2);
const { main } = await server.ssrLoadModule(resolve(file));
await main(rest);
await server.close();
