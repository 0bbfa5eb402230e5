import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFamily } from '../support/families.ts';
import { cli, type Outcome, temporaryFolder } from '../support/run-cli.ts';

const folder = temporaryFolder();
const cwd = folder.path;
const run = (...words: string[]) => cli(words, { cwd });

function json(outcome: Outcome): Record<string, unknown> {
  expect(outcome.code, outcome.stderr).toBe(0);
  return JSON.parse(outcome.stdout);
}

beforeAll(() => writeFileSync(join(cwd, 'family.fasta'), randomFamily(60, 14)));
afterAll(folder.remove);

describe('JSON on standard output', () => {
  it('potts infer', async () => {
    const result = json(await run('potts', 'infer', 'family.fasta', '--out', 'plm', '--json'));
    expect(result).toMatchObject({ schema: 1, run: join(cwd, 'plm'), sequences: 60, sites: 14, states: 21 });
    for (const key of ['objective', 'evaluations', 'seconds', 'effectiveSequences'])
      expect(result[key]).toBeTypeOf('number');
  });

  it('potts contacts, numbers from 1, strongest first', async () => {
    const { schema, pairs } = json(
      await run('potts', 'contacts', 'plm', '--json', '--min-separation', '1', '--top', '5'),
    ) as {
      schema: number;
      pairs: { i: number; j: number; score: number }[];
    };
    expect(schema).toBe(1);
    expect(pairs).toHaveLength(5);
    for (const { i, j } of pairs) expect(1 <= i && i < j && j <= 14).toBe(true);
    const scores = pairs.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('attention train, to-potts and maps', async () => {
    const words = [
      'attention',
      'train',
      '--generate',
      'set-a',
      '--samples',
      '300',
      '--steps',
      '30',
      '--out',
      'layer',
      '--json',
    ];
    const result = json(await run(...words));
    expect(result).toMatchObject({ schema: 1, run: join(cwd, 'layer'), sites: 20, states: 10 });
    expect(result.loss).toBeGreaterThan(result.exactLoss as number);
    const written = json(await run('attention', 'to-potts', 'layer', '--json'));
    expect(written).toMatchObject({
      schema: 1,
      sites: 20,
      states: 10,
      model: join(cwd, 'layer', 'artifacts', 'model.safetensors'),
    });
    const contacts = json(await run('potts', 'contacts', 'layer', '--json', '--top', '3'));
    expect(contacts.pairs).toHaveLength(3);
    const maps = json(await run('attention', 'maps', 'layer', '--json')) as {
      maps: { values: number[][] }[];
    };
    expect(maps.maps[0].values).toHaveLength(20);
    expect(maps.maps[0].values[3][3]).toBe(0);
  });

  it('doctor', async () => {
    const report = json(await run('doctor', '--json')) as {
      schema: number;
      backends: { name: string; available: boolean; threads: number }[];
    };
    expect(report.schema).toBe(1);
    const wasm = report.backends.find(({ name }) => name === 'wasm');
    expect(wasm).toMatchObject({ available: true });
  });

  it('runs list and runs show', async () => {
    const { runs } = json(await run('runs', 'list', '--runs', '.', '--json')) as {
      runs: { id: string; status: string }[];
    };
    expect(runs.map(({ id }) => id)).toEqual(['layer', 'plm']);
    const shown = json(await run('runs', 'show', 'plm', '--json')) as {
      record: { status: string };
      files: string[];
    };
    expect(shown.record.status).toBe('done');
    expect(shown.files).toContain('artifacts/report.html');
  });

  it('one line for each step, and the result as the last one, with --jsonl', async () => {
    const { stdout, code } = await run('potts', 'infer', 'family.fasta', '--jsonl', '--quiet');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ step: 0, status: 'running' });
    expect(lines.at(-1)).toMatchObject({ schema: 1, sites: 14 });
  });
});

describe('a run directory', () => {
  it('has every file, and a report that needs no other', () => {
    for (const name of [
      'run.json',
      'config.json',
      'metrics.jsonl',
      'summary.json',
      'CITE.bib',
      'artifacts/model.safetensors',
      'artifacts/coupled-pairs.csv',
    ])
      expect(existsSync(join(cwd, 'plm', name)), name).toBe(true);
    const report = readFileSync(join(cwd, 'plm', 'artifacts', 'report.html'), 'utf8');
    expect(report).toContain('<svg');
    expect(report).not.toMatch(/(src|href)="(?!data:|https:\/\/doi\.org)/);
    const left = readdirSync(join(cwd, 'plm'), { recursive: true }).filter((name) =>
      String(name).endsWith('.tmp'),
    );
    expect(left).toEqual([]);
  });

  it('has pictures in which text is drawn: the font comes with the program', () => {
    const png = readFileSync(join(cwd, 'plm', 'artifacts', 'inference-course.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // Without a font the same picture has a few thousand bytes: one line on white.
    expect(png.length).toBeGreaterThan(12_000);
  });

  it('holds a configuration that gives the same bytes again', async () => {
    const again = await run(
      'potts',
      'infer',
      '--config',
      'plm/config.json',
      '--out',
      'again',
      '--threads',
      '1',
      '--json',
    );
    expect(again.code, again.stderr).toBe(0);
    for (const name of [
      'artifacts/model.safetensors',
      'metrics.jsonl',
      'artifacts/coupled-pairs.csv',
      'artifacts/inference-contact-map.svg',
    ])
      expect(readFileSync(join(cwd, 'again', name)).equals(readFileSync(join(cwd, 'plm', name))), name).toBe(
        true,
      );
  });
});

describe('the command line', () => {
  it('reads standard input', async () => {
    const outcome = await cli(['potts', 'infer', '-', '--json', '--out', 'piped'], {
      cwd,
      input: randomFamily(60, 14),
    });
    expect(json(outcome)).toMatchObject({ sequences: 60, sites: 14 });
  });

  it('writes nothing under --dry-run', async () => {
    const outcome = await run('potts', 'infer', 'family.fasta', '--dry-run', '--json', '--out', 'dry');
    expect(json(outcome)).toMatchObject({ schema: 1, dryRun: true, config: { options: { identity: 0.8 } } });
    expect(existsSync(join(cwd, 'dry'))).toBe(false);
  });

  it('takes settings from a file, from --set and from flags, the later over the earlier', async () => {
    const settings = { options: { maxSteps: 3, identity: 0.5, fieldPenalty: 2 } };
    writeFileSync(join(cwd, 'settings.json'), JSON.stringify(settings));
    const words = [
      'potts',
      'infer',
      'family.fasta',
      '--config',
      'settings.json',
      '--set',
      'identity=0.6',
      '--max-steps',
      '4',
    ];
    const { config } = json(await run(...words, '--dry-run', '--json')) as { config: { options: object } };
    expect(config.options).toMatchObject({ maxSteps: 4, identity: 0.6, fieldPenalty: 2 });
  });

  it('leaves with 4 under --strict when it has not converged, and with 0 and a warning without', async () => {
    const words = ['potts', 'infer', 'family.fasta', '--max-steps', '1'];
    const lenient = await run(...words);
    expect(lenient.code).toBe(0);
    expect(lenient.stderr).toMatch(/warning: step-limit/);
    expect((await run(...words, '--strict')).code).toBe(4);
  });

  it('has no colours in a pipe, and keeps quiet under --quiet', async () => {
    const outcome = await run('potts', 'infer', 'family.fasta', '--quiet', '--json');
    expect(outcome.stderr).toBe('');
    expect(outcome.stdout).not.toContain('\u001b[');
  });
});
