import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFamily } from '../support/families.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { inside } from '../support/run-inside.ts';

const folder = temporaryFolder();
const cwd = folder.path;
const SITES = 12;
const run = (words: string) => inside(words.split(' '), { cwd });
const file = (...names: string[]) => join(cwd, ...names);

/** What a command prints with --json. */
async function json(words: string): Promise<Record<string, unknown> & { schema: number }> {
  const { code, stdout, stderr } = await run(`${words} --json --quiet`);
  expect(code, stderr).toBe(0);
  const result = JSON.parse(stdout);
  expect(result.schema).toBe(1);
  return result;
}

function expectPictures(place: string, ...names: string[]): void {
  for (const name of names)
    for (const ending of ['svg', 'png', 'csv'])
      expect(existsSync(file(place, `${name}.${ending}`)), `${place}/${name}.${ending}`).toBe(true);
}

beforeAll(async () => {
  writeFileSync(file('family.fasta'), randomFamily(150, SITES));
  await json('potts infer family.fasta --out plm --coupling-penalty 1 --write plmc,npz,gremlin');
}, 60_000);
afterAll(folder.remove);

describe('potts infer', () => {
  it.each([
    ['plm-asymmetric', '', ['objective', 'gradientNorm', 'iterations', 'evaluations']],
    ['mean-field', '', ['objective', 'gradientNorm']],
    ['gaussian', '--shrinkage 0.1', ['objective', 'gradientNorm']],
    ['autoregressive', '', ['objective', 'gradientNorm', 'iterations']],
    ['factored-attention', '--heads 2 --max-steps 40', ['loss', 'iterations']],
    ['boltzmann', '--target 0.3 --chains 200', ['pearson', 'slope', 'sweeps']],
  ])('--method %s', async (method, options, keys) => {
    const result = await json(
      `potts infer family.fasta --method ${method} ${options} --out ${method}`.replace(/ +/g, ' '),
    );
    expect(result).toMatchObject({ method, sites: SITES, states: 21, sequences: 150 });
    for (const key of keys) expect(result[key], key).toBeTypeOf('number');
    expect(existsSync(file(method, 'artifacts', 'model.safetensors'))).toBe(true);
  });

  it('takes the conventions of peers, and says what is not as there', async () => {
    const { stderr, stdout } = await run('potts infer family.fasta --like ccmpred --dry-run --json');
    expect(stderr).toMatch(/Unlike ccmpred: The gap has a field/);
    expect(stderr).toMatch(/Needs up to \d+ MiB of memory/);
    const { options } = JSON.parse(stdout).config;
    expect(options).toMatchObject({ method: 'plm', weights: 'ccmpred', couplingPenalty: 0.2 * (SITES - 1) });
    const plmdca = await run('potts infer family.fasta --like plmdca --dry-run --json');
    expect(JSON.parse(plmdca.stdout).config.options).toMatchObject({ method: 'plm-asymmetric' });
  });

  it('what is given wins over a peer', async () => {
    const { stdout } = await run(
      'potts infer family.fasta --like gremlin --gaps ignore --coupling-penalty 3 --dry-run --json',
    );
    expect(JSON.parse(stdout).config.options).toMatchObject({ gaps: 'ignore', couplingPenalty: 3 });
  });

  it('takes weights from a file, and none', async () => {
    writeFileSync(
      file('weights.txt'),
      `${Array.from({ length: 150 }, (_, k) => (k < 30 ? 0.5 : 0)).join('\n')}\n`,
    );
    const read = await json('potts infer family.fasta --method mean-field --weights weights.txt --out read');
    expect(read.effectiveSequences).toBe(15);
    const none = await json('potts infer family.fasta --method mean-field --weights none --out none');
    expect(none.effectiveSequences).toBe(150);
  });

  it('writes the model as other programs read it', async () => {
    for (const name of ['model.params', 'model.npz', 'model.mrf']) {
      const { sites } = await json(`potts show plm/artifacts/${name}`);
      expect(sites, name).toBe(SITES);
    }
  });
});

describe('what people do with a model', () => {
  it('contacts, in the form of EVcouplings too', async () => {
    await json('potts contacts plm --out contacts --min-separation 2');
    expectPictures('contacts', 'contacts-contact-map');
    const [head, first] = readFileSync(file('contacts', 'contacts-ecs.csv'), 'utf8').split('\n');
    expect(head).toBe('i,A_i,j,A_j,fn,cn');
    expect(first.split(',')).toHaveLength(6);
  });

  it('contacts by direct information, and as a peer scores them', async () => {
    const information = await json('potts contacts plm --score direct-information --out di');
    const [{ score }] = information.pairs as { score: number }[];
    expect(score).toBeGreaterThan(0);
    const ccmpred = await json('potts contacts plm --like ccmpred --min-separation 1 --out ccmpred');
    const scores = (ccmpred.pairs as { score: number }[]).map((pair) => pair.score);
    expect(Math.min(...scores)).toBe(0);
  });

  it('precision against a table of distances', async () => {
    const rows = Array.from({ length: SITES - 6 }, (_, i) => `${i + 1} ${i + 7} 0 ${i < 3 ? 5 : 12}`);
    writeFileSync(file('distances.dat'), `${rows.join('\n')}\n`);
    const { precision } = await json('potts contacts plm --distances distances.dat --out known');
    expect(Object.keys(precision as object)).toEqual(['L/5', 'L/2', 'L']);
    expectPictures('known', 'contacts-structure-precision');
    const ecs = readFileSync(file('known', 'contacts-structure-ecs.csv'), 'utf8');
    expect(ecs).toMatch(/^i,A_i,j,A_j,fn,cn,dist,precision\n|^i,A_i,j,A_j,fn,cn\n/);
  });

  it('compare: a model and its own file of another program score alike', async () => {
    const { agreements } = await json(
      'potts compare plm plm/artifacts/model.mrf --min-separation 1 --out compared',
    );
    expect((agreements as { pearson: number }[])[0].pearson).toBeCloseTo(1, 5);
    expectPictures('compared', 'compare-scores');
  });

  it('show: the couplings of a pair, and a logo', async () => {
    const { pairs } = await json('potts show plm --pair 3,9 --logo --evzoom --out shown');
    const [{ i, j, couplings }] = pairs as { i: number; j: number; couplings: number[][] }[];
    expect([i, j, couplings.length, couplings[0].length]).toEqual([3, 9, 21, 21]);
    // The zero-sum gauge.
    for (const row of couplings) expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
    expectPictures('shown', 'show-logo');
    const evzoom = JSON.parse(readFileSync(file('shown', 'show-evzoom.json'), 'utf8'));
    expect(evzoom.logo).toHaveLength(SITES);
    expect(readFileSync(file('shown', 'show-logo.svg'), 'utf8')).toContain('scale(');
  });

  it('mutations: zero for the wild type, the matrix, a scan', async () => {
    const { reference } = (await json('potts mutations plm --out mutations')) as unknown as {
      reference: string;
    };
    expect(reference).toHaveLength(SITES);
    expectPictures('mutations', 'mutations-matrix');
    const own = await json(`potts mutations plm --mutants ${reference[2]}3${reference[2]} --out one`);
    expect((own.mutants as { score: number }[])[0].score).toBeCloseTo(0, 12);
    const rows = [...'ACDEFG'].map((to, k) => `${reference[4]}5${to},${k}`);
    writeFileSync(file('scan.csv'), `mutant,fitness\n${rows.join('\n')}\n`);
    writeFileSync(file('wild.fasta'), `>wild/1-${SITES}\n${reference}\n`);
    const { scan } = await json('potts mutations plm --dms scan.csv --sequence wild.fasta --out scanned');
    expect(scan).toMatchObject({ column: 'fitness', unmeasured: 0 });
    expectPictures('scanned', 'mutations-scan');
  });

  it('energies of sequences: those that energy computes, lowest first where asked', async () => {
    const { stdout } = await run('potts energies plm family.fasta --sort');
    const energies = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split('\t')[1]));
    expect(energies).toHaveLength(150);
    expect(energies).toEqual([...energies].sort((a, b) => a - b));
  });

  it('generate: sequences with fixed sites, and how far they are from natural ones', async () => {
    const result = await json('potts generate plm --count 30 --fixed A3,C5 --out generated');
    expect(result).toMatchObject({ count: 30 });
    expect(result.nearest).toBeTypeOf('object');
    const sequences = readFileSync(file('generated', 'artifacts', 'generated.fasta'), 'utf8').match(
      /^[^>\n]+/gm,
    );
    expect(sequences).toHaveLength(30);
    for (const sequence of sequences ?? []) expect(`${sequence[2]}${sequence[4]}`).toBe('AC');
  });

  it('autoregressive runs draw, and score sequences and mutants by the same exact probabilities', async () => {
    const result = await json('potts generate autoregressive --count 20 --out exact-draws');
    expect(result).toMatchObject({ count: 20, sweeps: 0, remembered: 0 });
    const { reference, mutants } = await json('potts mutations autoregressive');
    const wildType = String(reference);
    const [{ mutant, score }] = mutants as { mutant: string; score: number }[];
    const site = Number(mutant.slice(1, -1)) - 1;
    const changed = `${wildType.slice(0, site)}${mutant.at(-1)}${wildType.slice(site + 1)}`;
    writeFileSync(file('two.fasta'), `>wild\n${wildType}\n>mutant\n${changed}\n`);
    const { sequences } = await json('potts energies autoregressive two.fasta');
    const [before, after] = (sequences as { energy: number }[]).map(({ energy }) => energy);
    expect(before).toBeGreaterThan(0);
    expect(score).toBeCloseTo(before - after, 9);
    const checked = await json('potts check autoregressive --count 50 --triples 0 --out exact-check');
    expect(checked).toMatchObject({ samples: 50 });
  });

  it('autoregressive runs refuse what they have no answer for', async () => {
    for (const words of [
      'potts entropy autoregressive',
      'potts energies autoregressive/artifacts/model.safetensors family.fasta',
      'potts generate autoregressive --temperature 2',
    ]) {
      const { code, stderr } = await run(words);
      expect(code, words).toBe(2);
      expect(stderr).toMatch(/autoregressive model/);
    }
  });

  it('check: statistics of samples against the family', async () => {
    const result = await json('potts check plm --count 200 --triples 5 --out checked');
    for (const name of ['oneSite', 'twoSite', 'twoSiteConnected', 'threeSiteConnected'])
      expect((result[name] as { pearson: number }).pearson, name).toBeTypeOf('number');
    expectPictures('checked/artifacts', 'check-components', 'check-energies', 'check-twoSiteConnected');
  });

  it('convert there and back: parameters, alignments, tables', async () => {
    await json('potts convert plm there.params');
    await json('potts convert there.params back.npz');
    const { agreements } = await json('potts compare plm back.npz --min-separation 1 --out again');
    expect((agreements as { pearson: number }[])[0].pearson).toBeCloseTo(1, 6);
    await json('potts convert family.fasta family.sto');
    await json('potts convert family.sto family.a2m');
    const letters = (name: string) => readFileSync(file(name), 'utf8').replaceAll(/^>.*\n/gm, '');
    expect(letters('family.a2m')).toBe(letters('family.fasta'));
    await json('potts convert plm scores.parquet');
    await json('potts convert scores.parquet scores.csv');
    await json('potts convert plm direct.csv');
    expect(readFileSync(file('scores.csv'), 'utf8')).toBe(readFileSync(file('direct.csv'), 'utf8'));
  });
});

describe('runs diff', () => {
  it('names what was changed and what came out differently, and nothing else', async () => {
    await json('potts infer family.fasta --coupling-penalty 2 --out stronger --write plmc,npz,gremlin');
    const { made, results } = (await json('runs diff plm stronger')) as unknown as {
      made: { key: string; a: unknown; b: unknown }[];
      results: { key: string; change: number }[];
    };
    expect(made).toEqual([{ key: 'couplingPenalty', a: 1, b: 2, change: 1 }]);
    expect(results.map(({ key }) => key)).toContain('objective');
    expect(await json('runs diff plm plm')).toMatchObject({ made: [], results: [] });
  });
});

describe('a lattice', () => {
  it.each(['metropolis', 'heat-bath', 'checkerboard', 'wolff', 'swendsen-wang'])(
    '--kernel %s finds the exact energy of a periodic chain',
    async (kernel) => {
      const words = `potts sample --lattice 16 --states 3 --coupling 1 --kernel ${kernel} --samples 4000 --seed 3 --out chain-${kernel}`;
      const { results } = await json(words);
      const [{ energy }] = results as { energy: { mean: number; standardError: number } }[];
      // Transfer matrix of the ring: λ₁ = e + 2, λ₂ = e − 1 twice.
      const [one, two] = [Math.E + 2, Math.E - 1];
      const exact = (-Math.E * (one ** 15 + 2 * two ** 15)) / (one ** 16 + 2 * two ** 16);
      // Four standard errors: one in sixteen thousand seeds would fail.
      expect(Math.abs(energy.mean - exact)).toBeLessThan(4 * energy.standardError);
    },
  );

  it('tempers, and keeps configurations and a picture', async () => {
    const { results } = await json(
      'potts sample --lattice 6x6 --states 2 --temper 0.5,1 --samples 128 --out tempered',
    );
    expect((results as { beta: number }[]).map(({ beta }) => beta)).toEqual([0.5, 1]);
    expectPictures('tempered/artifacts', 'lattice-snapshot', 'lattice-energy');
    expect(existsSync(file('tempered', 'artifacts', 'configurations.npz'))).toBe(true);
  });
});

describe('potts entropy', () => {
  it('annealing and integration find what enumeration finds', async () => {
    writeFileSync(
      file('binary.txt'),
      `${Array.from({ length: 40 }, (_, k) => (k % 7).toString(2).padStart(3, '0') + ((k * 5) % 8).toString(2).padStart(3, '0')).join('\n')}\n`,
    );
    await json('potts infer binary.txt --alphabet 01 --coupling-penalty 1 --out small');
    const exact = (await json('potts entropy small --out exact')) as unknown as {
      method: string;
      logZ: { value: number };
      entropy: { value: number };
    };
    expect(exact.method).toBe('exact');
    for (const method of ['ais --steps 200', 'ti']) {
      const found = (await json(
        `potts entropy small --method ${method} --out ${method.slice(0, 3).trim()}`,
      )) as unknown as {
        logZ: { value: number; standardError: number };
      };
      // Four standard errors.
      expect(Math.abs(found.logZ.value - exact.logZ.value), method).toBeLessThan(
        4 * found.logZ.standardError + 1e-3,
      );
    }
  });
});
