import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundledSize, bundledSize, bundlePage } from '../src/bundle.ts';
import { findChromium } from '../src/find-chromium.ts';
import { installPacked, packages } from '../src/install-packed.ts';
import { isolation, serve } from '../src/serve.ts';

interface Study {
  readonly ticks: number;
  readonly status: string;
  readonly digest: string;
}

/** What `runStudies` of page/studies.mjs returns. */
interface Studies {
  readonly results: Readonly<Record<'sample' | 'infer' | 'attention' | 'wave', Study>>;
  readonly threads: number;
  readonly shared: boolean;
  readonly relaxed: boolean;
  readonly chunksByWorkers: number;
}

declare global {
  var runStudies: (options: object) => Promise<Studies>;
  var runStudiesInWorker: (options: object) => Promise<Studies>;
  var runStudiesAndCountTurns: (options: object) => Promise<Studies & { turns: number }>;
  var stopEndlessStudy: () => Promise<string>;
}

/** Without relaxed multiply-add: Node 20 has none, and only equal kernels give equal bits. */
const plain = { threads: 3, relaxed: false };
const helped = { ...plain, helped: true };
const executablePath = findChromium();
const skipped = executablePath
  ? ''
  : ' (skipped: no Chromium here; install it, or name one by CHROMIUM_PATH)';

/** Workers end by themselves; only one that hangs is still there after this. */
const PATIENCE_MS = 300_000;

/** Promised to users, bytes; a tenth above what was measured. */
const MOST_GZIPPED = { potts: 142_000, everything: 358_000 };

const kilobytes = ({ plain, gzipped }: BundledSize) =>
  `${(plain / 1000).toFixed(0)} kB (${(gzipped / 1000).toFixed(0)} kB)`;

let folder: string;
let bundle: string;
let browser: Browser;
let inNode: Studies;

/**
 * Opens the page in a context of its own, and closes everything afterwards. Whatever the console says fails the test,
 * but for what matches `expected`.
 */
async function inPage<T>(
  headers: Readonly<Record<string, string>>,
  visit: (page: Page) => Promise<T>,
  expected?: RegExp,
): Promise<T> {
  const server = await serve(bundle, headers);
  const context = await browser.newContext();
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(server.address, { waitUntil: 'load', timeout: 0 });
    const result = await visit(page);
    expect(complaints.filter((complaint) => !expected?.test(complaint))).toEqual([]);
    return result;
  } finally {
    await context.close();
    await server.close();
  }
}

const compute = (page: Page, options: object) => page.evaluate((o) => runStudies(o), options);

describe.skipIf(!executablePath)(`the packed packages in a page that Vite bundled${skipped}`, () => {
  beforeAll(async () => {
    folder = await installPacked();
    bundle = await bundlePage(folder);
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(folder, 'node.mjs'),
      JSON.stringify(plain),
    ]);
    inNode = JSON.parse(stdout);
    browser = await chromium.launch({
      executablePath,
      timeout: 0,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    });
  });

  afterAll(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('runs unbundled in Node', () => {
    const statuses = Object.values(inNode.results).map(({ status }) => status);
    expect(statuses).toEqual(['converged', 'converged', 'step-limit', 'step-limit']);
  });

  it('on an isolated page: threads help, every bit is Node’s, and the threads end', async () => {
    const found = await inPage(isolation, async (page) => {
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      const studies = await compute(page, helped);
      await expect.poll(() => page.workers().length, { timeout: PATIENCE_MS }).toBe(0);
      return studies;
    });
    expect(found).toMatchObject({ threads: 3, shared: true, results: inNode.results });
    expect(found.chunksByWorkers).toBeGreaterThan(0);
  });

  it('on a page that is not isolated: one thread, the same bits', async () => {
    const found = await inPage({}, async (page) => {
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
      return await compute(page, plain);
    });
    expect(found).toMatchObject({ threads: 1, shared: false, chunksByWorkers: 0, results: inNode.results });
  });

  it('with relaxed multiply-add: bits of their own, the same with and without isolation', async () => {
    const isolated = await inPage(isolation, (page) => compute(page, { threads: 3 }));
    const alone = await inPage({}, (page) => compute(page, {}));
    expect(isolated.relaxed).toBe(true);
    expect(alone.results).toEqual(isolated.results);
  });

  it('in a web worker of the page: threads help there too, and the same bits', async () => {
    const found = await inPage(isolation, (page) =>
      page.evaluate((options) => runStudiesInWorker(options), helped),
    );
    expect(found).toMatchObject({ threads: 3, shared: true, results: inNode.results });
    expect(found.chunksByWorkers).toBeGreaterThan(0);
    const alone = await inPage({}, (page) => page.evaluate((options) => runStudiesInWorker(options), plain));
    expect(alone).toMatchObject({ threads: 1, results: inNode.results });
  });

  it('the page gets its turn at least once a tick, and can stop what has no end', async () => {
    const [found, status] = await inPage(
      {},
      async (page) =>
        [
          await page.evaluate((options) => runStudiesAndCountTurns(options), plain),
          await page.evaluate(() => stopEndlessStudy()),
        ] as const,
    );
    const ticks = Object.values(found.results).reduce((sum, study) => sum + study.ticks, 0);
    expect(found.turns).toBeGreaterThanOrEqual(ticks);
    expect(status).toBe('aborted');
  });

  it('under a policy that forbids workers from blobs: the page’s own thread does everything', async () => {
    const policy = {
      'Content-Security-Policy': "default-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'",
    };
    const found = await inPage(
      { ...isolation, ...policy },
      (page) => compute(page, plain),
      /Security Policy/,
    );
    expect(found).toMatchObject({ threads: 3, chunksByWorkers: 0, results: inNode.results });
  });

  it('no bundle is larger than its README says', async () => {
    const all = packages.map((name, k) => `export * as p${k} from '@spinformer/${name}';`).join('\n');
    const potts = await bundledSize(folder, "export * from '@spinformer/potts';");
    const whole = await bundledSize(folder, all);
    console.log(`bundled, minified (gzipped): potts ${kilobytes(potts)}, everything ${kilobytes(whole)}`);
    expect(potts.gzipped).toBeLessThan(MOST_GZIPPED.potts);
    expect(whole.gzipped).toBeLessThan(MOST_GZIPPED.everything);
  });
});
