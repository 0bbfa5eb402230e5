import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import {
  type Alignment,
  contactPrecision,
  contactScores,
  contactThreshold,
  directInformation,
  effectiveSequences,
  epistaticCouplings,
  inferAutoregressive,
  inferCouplings,
  mapSites,
  oneSiteFrequencies,
  type PottsModel,
  rankContacts,
  readAlignmentBytes,
  readDistanceTable,
  readStructure,
  residueDistances,
  sequenceWeightsFast,
} from '../src/index.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const FAMILIES: Readonly<Record<string, string>> = {
  pf00014: 'PF00014_mgap6.fasta.gz',
  pf00595: 'PF00595_mgap6.fasta.gz',
  pf13354: 'PF13354_wo_ref_seqs.fasta.gz',
};
/** Å; the distance tables hold least distances of heavy atoms. */
const TABLE_THRESHOLD = 8;
const MINIMUM_SEPARATION = 6;

interface Family {
  readonly data: Alignment & { readonly weights: Float64Array };
  readonly distances: Float64Array;
  readonly threshold: number;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function load(name: string, runtime: WasmRuntime): Promise<Family> {
  const read = (file: string) => readFileSync(`${FOLDER}${name}/${file}`);
  const weighted = (alignment: Alignment) => ({
    ...alignment,
    weights: sequenceWeightsFast(alignment, { runtime }),
  });
  if (name === 'dhfr') {
    const alignment = await readAlignmentBytes(read('DHFR.a2m'), { focus: 'DYR_ECOLI', gaps: 'ignore' });
    const mapping = mapSites(readStructure(read('1RX2.pdb').toString()), alignment.reference!);
    const distances = residueDistances(mapping.residues, 'cb8');
    return { data: weighted(alignment), distances, threshold: contactThreshold('cb8') };
  }
  const alignment = await readAlignmentBytes(read(FAMILIES[name]), { emptyColumns: 'keep' });
  const table = read(`${name.toUpperCase()}_struct.dat`).toString();
  const distances = readDistanceTable(table, alignment.sites);
  return { data: weighted(alignment), distances, threshold: TABLE_THRESHOLD };
}

type Scores = Readonly<Record<string, Float64Array>>;

async function model(ticks: AsyncIterable<{ model?: PottsModel }>): Promise<PottsModel> {
  let found: PottsModel | undefined;
  for await (const tick of ticks) found = tick.model ?? found;
  return found!;
}

/** What every method makes of a family: one or two matrices of scores. */
function methods(runtime: WasmRuntime): Readonly<Record<string, (family: Family) => Promise<Scores>>> {
  const fit = ({ data }: Family, options: Parameters<typeof inferCouplings>[1]) =>
    model(inferCouplings(data, { ...options, runtime } as typeof options));
  const closed = (method: 'mean-field' | 'gaussian', pseudocount: number) => async (family: Family) => {
    const potts = await fit(family, { method, pseudocount });
    const pairs = method === 'gaussian' ? ('gaussian' as const) : ('letters' as const);
    const options = { pairs, pseudocount, correction: 'apc' } as const;
    const information = directInformation(potts, oneSiteFrequencies(family.data), options);
    return { [method]: contactScores(potts), [`${method} DI`]: information };
  };
  const penalty = ({ data }: Family) => (data.gaps === 'ignore' ? 16 : 0.2 * (data.sites - 1));
  return {
    plm: async (family) => ({
      plm: contactScores(await fit(family, { couplingPenalty: penalty(family) })),
    }),
    'plm-asymmetric': async (family) => ({
      'plm-asymmetric': contactScores(
        await fit(family, { method: 'plm-asymmetric', couplingPenalty: penalty(family) / 2 }),
      ),
    }),
    'mean-field': closed('mean-field', 0.5),
    gaussian: closed('gaussian', 0.8),
    autoregressive: async (family) => {
      let found: Parameters<typeof epistaticCouplings>[0] | undefined;
      for await (const tick of inferAutoregressive(family.data, { runtime })) found = tick.model ?? found;
      const reference = family.data.values.subarray(0, family.data.sites);
      return { autoregressive: contactScores(epistaticCouplings(found!, reference)) };
    },
  };
}

/**
 * How precise are the contacts of every method on the families with a structure? Share of contacts among the best L/10,
 * L/5, L/2 and L pairs at least six sites apart; DHFR with gaps as missing data against Cβ < 8 Å of 1RX2, the others with
 * gaps as a state against heavy atoms < 8 Å. λ_J = 0.2·(L − 1), on DHFR 16; half of it for the asymmetric fit.
 * Run: node ../../tooling/bench.mjs bench/precision.ts [families] [methods] [threads]
 */
export async function main([families = 'all', chosen = 'all', threads = '1']: string[]): Promise<void> {
  if (!existsSync(FOLDER)) return console.log(`skipped: ${FOLDER} is not there`);
  const runtime = new WasmRuntime({ threads: Number(threads) });
  const names = families === 'all' ? ['dhfr', ...Object.keys(FAMILIES)] : families.split(',');
  console.log('family method L/10 L/5 L/2 L CPU-s');
  for (const name of names) {
    const family = await load(name, runtime);
    console.log(
      `${name}: ${family.data.samples} × ${family.data.sites}, M_eff ${effectiveSequences(family.data.weights).toFixed(1)}`,
    );
    for (const [method, infer] of Object.entries(methods(runtime))) {
      if (chosen !== 'all' && !chosen.split(',').includes(method)) continue;
      const start = cpuSeconds();
      const scores = await infer(family);
      const seconds = cpuSeconds() - start;
      for (const [label, matrix] of Object.entries(scores))
        console.log(line(name, label, matrix, family, seconds));
    }
  }
  runtime.stop();
}

function line(name: string, label: string, scores: Float64Array, family: Family, seconds: number): string {
  const ranked = rankContacts(scores, { minimumSeparation: MINIMUM_SEPARATION });
  const { sites } = family.data;
  const tenth = contactPrecision(ranked, { ...family, length: 2 * Math.floor(sites / 10) });
  const whole = contactPrecision(ranked, family);
  const figures = [tenth['L/2'], whole['L/5'], whole['L/2'], whole.L].map((value) => value.toFixed(3));
  return `${name} ${label} ${figures.join(' ')} ${seconds.toFixed(1)}`;
}
