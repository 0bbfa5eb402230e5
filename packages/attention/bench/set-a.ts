import { type Configurations, seededRng } from '@spinformer/numerics';
import * as tensorPackage from '@spinformer/tensor';
import { dispose, useBackend } from '@spinformer/tensor';
import {
  compareColours,
  factoredAttention,
  parametersFromState,
  readFactoredLayer,
  relativeCouplingError,
  type TrainTick,
  toPotts,
  trainMasked,
} from '../src/index.ts';
import { exactConditionalLoss, fullCouplings, gaussianPotts, heatBath } from '../test/helpers/set-a.ts';

/**
 * The learning curve of Set A (20 sites, 10 colours, beta = 1): test loss, excess over the exact conditional entropy
 * against k/2P, and relative coupling error, with U known and U learned. Averages over instances.
 * Arguments: instances (1), largest number of sequences (10000).
 */
export async function main([
  first = '14',
  instances = '1',
  most = '10000',
  backend = 'wasm',
]: string[]): Promise<void> {
  const choose = tensorPackage as unknown as Record<string, (o?: object) => never>;
  useBackend(await choose[backend]());
  const sizes = [100, 300, 1000, 3000, 10000].filter((p) => p <= Number(most));
  for (let k = Number(first); k < Number(first) + Number(instances); k++) {
    const truth = gaussianPotts(20, 10, 1, seededRng(`set A ${k}`));
    const all = heatBath(truth, Number(most), 200, seededRng(`data ${k}`));
    const test = heatBath(truth, 10_000, 200, seededRng(`test ${k}`));
    const bayes = exactConditionalLoss(truth, test);
    console.log(`instance ${k}: Bayes ${bayes.toFixed(4)}`);
    for (const samples of sizes) {
      const data: Configurations = { ...all, samples, values: all.values.slice(0, samples * 20) };
      for (const values of [{ known: truth.colourCouplings }, 'learned'] as const) {
        const model = factoredAttention({ sites: 20, states: 10, fields: false, values });
        const start = process.cpuUsage();
        let last: TrainTick | undefined;
        for await (const tick of trainMasked(model, data, {
          rng: seededRng(k),
          optimizer: 'lbfgs',
          tickEvery: 10_000,
        }))
          last = tick;
        for await (const tick of trainMasked(model, test, {
          rng: seededRng(k),
          optimizer: 'lbfgs',
          steps: 1,
          test,
          start: parametersFromState(model, last!.state),
        })) {
          last = { ...last!, metrics: { ...last!.metrics, testLoss: tick.metrics.testLoss! } };
          break;
        }
        const { user, system } = process.cpuUsage(start);
        const parameters = parametersFromState(model, last!.state);
        const error = relativeCouplingError({ ...(await toPotts(model, parameters)) }, fullCouplings(truth));
        const raw = await toPotts(model, parameters);
        const asymmetric = relativeCouplingError({ ...raw, couplings: raw.asymmetric }, fullCouplings(truth));
        const layer = await readFactoredLayer(model, parameters);
        const { cosine } = compareColours(layer.values, truth.colourCouplings, 10);
        const excess = last!.metrics.testLoss! - bayes;
        const k1 = 19 + (values === 'learned' ? 100 / 20 : 0);
        console.log(
          `P ${samples} ${values === 'learned' ? 'learned' : 'known'} test ${last!.metrics.testLoss!.toFixed(4)} excess/(k/2P) ${(excess / (k1 / 2 / samples)).toFixed(3)} relW ${asymmetric.asymmetric.toFixed(4)} sym ${error.symmetrised.toFixed(4)} cos ${cosine.toFixed(4)} | ${last!.status} step ${last!.step} |g| ${last!.metrics.gradientNorm.toExponential(1)} cpu ${((user + system) / 1e6).toFixed(1)}s`,
        );
        dispose(parameters);
      }
    }
  }
}
