import { type Configurations, seededRng } from '@spinformer/numerics';
import { cpu, dispose, useBackend, wasm } from '@spinformer/tensor';
import {
  compareColours,
  evaluateMasked,
  factoredAttention,
  parametersFromState,
  readFactoredLayer,
  relativeCouplingError,
  type TrainTick,
  toPotts,
  trainMasked,
} from '../src/index.ts';
import { exactConditionalLoss, fullCouplings, gaussianPotts, heatBath } from '../test/helpers/set-a.ts';

const SITES = 20;
const STATES = 10;
const SWEEPS = 200;
const SIZES = [100, 300, 1000, 3000, 10_000];

/**
 * The learning curve of Set A (20 sites, 10 colours, beta = 1): test loss, excess over the exact conditional entropy
 * against k/2P, and relative coupling error, with U known and U learned.
 * Arguments: number of the draw (14), largest number of sequences (10000), backend (wasm).
 */
export async function main([draw = '14', most = '10000', backend = 'wasm']: string[]): Promise<void> {
  useBackend(backend === 'cpu' ? cpu() : await wasm());
  const truth = gaussianPotts(SITES, STATES, 1, seededRng(`set A ${draw}`));
  const all = heatBath(truth, Number(most), SWEEPS, seededRng(`data ${draw}`));
  const test = heatBath(truth, 10_000, SWEEPS, seededRng(`test ${draw}`));
  const bayes = exactConditionalLoss(truth, test);
  console.log(`draw ${draw}: exact conditional entropy ${bayes.toFixed(4)} on the test sequences`);
  console.log('| P | U | test | excess·2P/k | relW | relW symmetrised | cos(V, U) | iterations | CPU s |');
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const samples of SIZES.filter((p) => p <= Number(most))) {
    const data: Configurations = { ...all, samples, values: all.values.slice(0, samples * SITES) };
    for (const kind of ['known', 'learned'] as const) console.log(await row(truth, data, test, bayes, kind));
  }
}

async function row(
  truth: ReturnType<typeof gaussianPotts>,
  data: Configurations,
  test: Configurations,
  bayes: number,
  kind: 'known' | 'learned',
): Promise<string> {
  const values = kind === 'known' ? { known: truth.colourCouplings } : 'learned';
  const model = factoredAttention({ sites: SITES, states: STATES, fields: false, values });
  const start = process.cpuUsage();
  let last: TrainTick | undefined;
  for await (const tick of trainMasked(model, data, {
    rng: seededRng(1),
    optimizer: 'lbfgs',
    tickEvery: 10_000,
  }))
    last = tick;
  const { user, system } = process.cpuUsage(start);
  const parameters = parametersFromState(model, last!.state);
  const loss = await evaluateMasked(model, parameters, test, { rng: seededRng(1) });
  const potts = await toPotts(model, parameters);
  const target = fullCouplings(truth);
  const { asymmetric } = relativeCouplingError({ ...potts, couplings: potts.asymmetric }, target);
  const { symmetrised } = relativeCouplingError(potts, target);
  const { cosine } = compareColours(
    (await readFactoredLayer(model, parameters)).values,
    truth.colourCouplings,
    STATES,
  );
  dispose(parameters);
  const free = SITES - 1 + (kind === 'learned' ? (STATES * STATES) / SITES : 0);
  const ratio = ((loss - bayes) * 2 * data.samples) / free;
  const cells = [
    data.samples,
    kind,
    loss.toFixed(4),
    ratio.toFixed(3),
    asymmetric.toFixed(4),
    symmetrised.toFixed(4),
  ];
  return `| ${[...cells, cosine.toFixed(4), last!.step, ((user + system) / 1e6).toFixed(1)].join(' | ')} |`;
}
