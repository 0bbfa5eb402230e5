import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BundledSize, bundledSize, bundlePage } from '../src/bundle.ts';
import { findChromium } from '../src/find-chromium.ts';
import { installPacked, packages } from '../src/install-packed.ts';
import { readmePage } from '../src/readme-page.ts';
import { isolation, serve } from '../src/serve.ts';

interface Study {
  readonly ticks: number;
  readonly status: string;
  readonly digest: string;
}

/** What `runStudies` of page/studies.mjs returns. */
interface Studies {
  readonly results: Readonly<Record<'sample' | 'infer' | 'attention', Study>> & {
    readonly wave: Study & { readonly energy: number };
  };
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

/** Promised to users, bytes; a fifth above what was measured. */
const MOST_GZIPPED = { potts: 160_000, everything: 400_000 };

const kilobytes = ({ plain, gzipped }: BundledSize) =>
  `${(plain / 1000).toFixed(0)} kB (${(gzipped / 1000).toFixed(0)} kB)`;

/**
 * Local energies use exp, cos and sin of the engine, whose last bits the language leaves open: rounding of the parameters,
 * float32, with room for two steps that divide by a shift of 0.01.
 */
const ENERGY_TOLERANCE = 1e-5;

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
  { expected, folder = bundle }: { expected?: RegExp; folder?: string } = {},
): Promise<T> {
  const server = await serve(folder, headers);
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

/** Everything that kernels compute has Node's bits, the energy is right to rounding. */
function expectNodesNumbers({ results: { wave, ...results } }: Studies): void {
  const { wave: wanted, ...same } = inNode.results;
  expect(results).toEqual(same);
  expect(wave.status).toBe(wanted.status);
  expect(Math.abs(wave.energy - wanted.energy)).toBeLessThan(ENERGY_TOLERANCE * Math.abs(wanted.energy));
}

/** The text that a README's page comes to show. */
async function shown(page: Page, text: RegExp): Promise<string> {
  const output = page.locator('pre', { hasText: text });
  return (await output.textContent({ timeout: 0 })) ?? '';
}

/** Six sites in FASTA: sites 4, 5 and 6 repeat sites 1, 2 and 3, which take every triple of letters. */
function pairedFamily(): string {
  const letters = [...'ACDEFG'];
  const triples = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
  return triples.map((triple, k) => `>s${k}\n${triple}${triple}\n`).join('');
}

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

  it('on an isolated page: threads help, kernels give Node’s bits, and the threads end', async () => {
    const found = await inPage(isolation, async (page) => {
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      const studies = await compute(page, helped);
      await expect.poll(() => page.workers().length, { timeout: PATIENCE_MS }).toBe(0);
      return studies;
    });
    expect(found).toMatchObject({ threads: 3, shared: true });
    expectNodesNumbers(found);
    expect(found.chunksByWorkers).toBeGreaterThan(0);
  });

  it('on a page that is not isolated: one thread, the same bits', async () => {
    const found = await inPage({}, async (page) => {
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
      return await compute(page, plain);
    });
    expect(found).toMatchObject({ threads: 1, shared: false, chunksByWorkers: 0 });
    expectNodesNumbers(found);
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
    expect(found).toMatchObject({ threads: 3, shared: true });
    expectNodesNumbers(found);
    expect(found.chunksByWorkers).toBeGreaterThan(0);
    const alone = await inPage({}, (page) => page.evaluate((options) => runStudiesInWorker(options), plain));
    expect(alone).toMatchObject({ threads: 1 });
    expectNodesNumbers(alone);
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
    const found = await inPage({ ...isolation, ...policy }, (page) => compute(page, plain), {
      expected: /Security Policy/,
    });
    expect(found).toMatchObject({ threads: 3, chunksByWorkers: 0 });
    expectNodesNumbers(found);
  });

  it('the page of the potts package’s README ranks the contacts of a family in a chosen file', async () => {
    const page = await bundlePage(await readmePage(folder, 'potts'));
    const buffer = Buffer.from(pairedFamily());
    const ranked = await inPage(
      isolation,
      async (page) => {
        await page.setInputFiles('input', { name: 'family.fasta', mimeType: 'text/plain', buffer });
        return await shown(page, /^\d+-\d+ /);
      },
      { folder: page },
    );
    expect(
      ranked
        .split('  ')
        .slice(0, 3)
        .map((contact) => contact.split(' ')[0])
        .sort(),
    ).toEqual(['1-4', '2-5', '3-6']);
  });

  it('the page of the tensor package’s README shows what it says', async () => {
    const page = await bundlePage(await readmePage(folder, 'tensor'));
    expect(await inPage(isolation, (page) => shown(page, /\d/), { folder: page })).toBe('35 44 44 56');
  });

  it('no bundle is a fifth larger than its README says', async () => {
    const all = packages.map((name, k) => `export * as p${k} from '@spinformer/${name}';`).join('\n');
    const potts = await bundledSize(folder, "export * from '@spinformer/potts';");
    const whole = await bundledSize(folder, all);
    console.log(`bundled, minified (gzipped): potts ${kilobytes(potts)}, everything ${kilobytes(whole)}`);
    expect(potts.gzipped).toBeLessThan(MOST_GZIPPED.potts);
    expect(whole.gzipped).toBeLessThan(MOST_GZIPPED.everything);
  });
});
