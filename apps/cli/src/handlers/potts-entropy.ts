import { formatEstimate, type PlainData, type Tick } from '@spinformer/numerics';
import {
  type AnnealedState,
  annealedImportance,
  enumerateExactly,
  type PottsModel,
  thermodynamicIntegration,
} from '@spinformer/potts';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { pottsEntropyOptions } from '../commands/potts-entropy.ts';
import { prepareRuntime, rngOf } from '../compute/prepare-compute.ts';
import { UsageError } from '../errors/usage-error.ts';
import { loadModel } from '../models/potts-file.ts';
import { renderSection } from '../report/render-section.ts';
import { executeRun } from '../run/execute-run.ts';
import { readInput } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { pairTable } from '../terminal/text-table.ts';

type Method = Exclude<OptionValues<typeof pottsEntropyOptions>['method'], 'auto'>;

interface WithError {
  readonly value: number;
  readonly standardError: number;
}

/** What is found, of which not every method tells all. */
interface Found {
  readonly logZ: WithError;
  readonly entropy?: WithError;
  readonly energy?: WithError;
  readonly effectiveSamples?: number;
  readonly quadratureError?: number;
}

type EntropyTick = Tick<PlainData> & { readonly found?: Found };

const MOST_CONFIGURATIONS = 2 ** 22;
const AIS = { chains: 500, steps: 1000, ticks: 200 } as const;
const TI = { chainsPerNode: 32, draws: 100 } as const;

/** `potts entropy`: a run. */
export async function runPottsEntropy(context: CommandContext): Promise<number> {
  const options = optionsOf(context, pottsEntropyOptions);
  const found = await loadModel(context, 'MODEL');
  const input = await readInput(context, 'MODEL', found.file);
  const { model } = found;
  const isSmall = model.states ** model.sites <= MOST_CONFIGURATIONS;
  const method: Method = options.method === 'auto' ? (isSmall ? 'exact' : 'ti') : options.method;
  if (method === 'exact' && !isSmall)
    throw new UsageError(
      `--method exact enumerates at most 2^22 configurations, and ${model.sites} sites of ${model.states} states have ${(model.states ** model.sites).toPrecision(2)}. Take ti or ais.`,
    );
  const runtime = await prepareRuntime(context);
  const rng = (await rngOf(context)).fork('entropy');
  const config = runConfig(context, { inputs: { MODEL: input }, resolved: { method } });
  return executeRun<PlainData, EntropyTick>(context, {
    config: context.resume ? config : { ...config, positionals: { MODEL: found.run ?? input.digest.path } },
    citations: method === 'ais' ? ['neal2001ais'] : [],
    outline: [`${model.sites} sites of ${model.states} states, method ${method}`],
    ticks: ({ signal, resume }) => estimateTicks(model, method, { ...options, runtime, rng, signal, resume }),
    describe: ({ metrics }) => ({
      phase: method === 'ais' ? 'cooling' : 'summing',
      ...(metrics.fraction === undefined ? {} : { fraction: metrics.fraction }),
      ...(metrics.logZ === undefined ? {} : { detail: `log Z ${metrics.logZ.toFixed(2)}` }),
    }),
    conclude: (last, run) => conclude(last, run, method),
  });
}

interface Settings {
  readonly chains?: number;
  readonly steps?: number;
  readonly runtime: WasmRuntime;
  readonly rng: Parameters<typeof annealedImportance>[1]['rng'];
  readonly signal: AbortSignal;
  readonly resume?: PlainData;
}

async function* estimateTicks(
  model: PottsModel,
  method: Method,
  { chains, steps, resume, ...common }: Settings,
): AsyncGenerator<EntropyTick> {
  if (method === 'ais') {
    const count = steps ?? AIS.steps;
    const { signal: _, ...unbroken } = common;
    const ticks = annealedImportance(model, {
      // Without the signal every tick is one of an unbroken run; the driver leaves between them.
      ...{ ...unbroken, chains: chains ?? AIS.chains, steps: count, thinning: Math.ceil(count / AIS.ticks) },
      ...(resume ? { resume: resume as AnnealedState } : {}),
    });
    for await (const tick of ticks) {
      const { logZ, metrics } = tick;
      const found = { logZ, effectiveSamples: metrics.effectiveSamples };
      yield { ...tick, found, metrics: { fraction: tick.step / count, logZ: logZ.value } };
    }
    return;
  }
  const found = method === 'exact' ? exactly(model) : await integrate(model, { chains, steps, ...common });
  yield { step: 1, status: 'converged', metrics: { logZ: found.logZ.value }, state: null, found };
}

function exactly(model: PottsModel): Found {
  const { logZ, entropy, meanEnergy } = enumerateExactly(model);
  const known = (value: number) => ({ value, standardError: 0 });
  return { logZ: known(logZ), entropy: known(entropy), energy: known(meanEnergy) };
}

async function integrate(model: PottsModel, { chains, steps, ...common }: Settings): Promise<Found> {
  const settings = { chainsPerNode: chains ?? TI.chainsPerNode, draws: steps ?? TI.draws };
  const { logZ, entropy, energy, quadratureError } = await thermodynamicIntegration(model, {
    ...common,
    ...settings,
  });
  return {
    ...{ logZ, entropy, quadratureError },
    energy: { value: energy.mean, standardError: energy.standardError },
  };
}

async function conclude(last: EntropyTick, run: RunDirectory, method: Method): Promise<Conclusion> {
  if (!last.found) throw new Error('the computation ended without an estimate');
  const { found } = last;
  const text = ({ value, standardError }: WithError) => formatEstimate({ mean: value, standardError });
  const rows = [
    { name: 'Method', value: method },
    { name: 'log Z', value: text(found.logZ), unit: 'nats' },
    ...(found.entropy ? [{ name: 'Entropy', value: text(found.entropy), unit: 'nats' }] : []),
    ...(found.entropy
      ? [{ name: 'Sequences in effect', value: `10^${(found.entropy.value / Math.LN10).toFixed(1)}` }]
      : []),
    ...(found.energy ? [{ name: 'Mean energy', value: text(found.energy), unit: 'nats' }] : []),
    ...(found.quadratureError === undefined
      ? []
      : [{ name: 'Error of the quadrature', value: found.quadratureError.toPrecision(2), unit: 'nats' }]),
    ...(found.effectiveSamples === undefined
      ? []
      : [{ name: 'Chains that carry the estimate', value: found.effectiveSamples.toFixed(1) }]),
  ];
  const section = await renderSection(run, {
    ...{ id: 'entropy', title: 'Entropy', findings: [], figures: [], numbers: rows },
  });
  return {
    result: { method, ...found },
    report: {
      title: 'How many sequences a model allows',
      headline: `log Z is ${text(found.logZ)} nats.`,
      introduction: [],
      sections: [section],
    },
    table: pairTable(rows.map(({ name, value, unit }) => [name, unit ? `${value} ${unit}` : value] as const)),
  };
}
