import { zeroSumMatrix } from '@spinformer/attention';
import type { MappingConfig } from './mapping-config.ts';
import { freeParameters, type MappingProducts } from './mapping-products.ts';
import type { MappingResult, TrainedModel } from './mapping-result.ts';

/** Turns what the phases made into the study's result. */
export function summarizeMapping(products: MappingProducts, config: MappingConfig): MappingResult {
  const { truth, contexts, factored, factoredByAdam, encoders } = products;
  const { sites, states, trainSamples, testSamples } = config;
  return {
    ...{ sites, states, trainSamples, testSamples },
    exactEntropy: contexts.entropy,
    siteCouplings: truth.siteCouplings,
    colourCouplings: zeroSumMatrix(truth.colourCouplings, states),
    parametersPerSite: freeParameters(config),
    ...{ factored, factoredByAdam, encoders },
    warnings: [
      ...unfinished(factored, 'converged'),
      ...unfinished([factoredByAdam, ...encoders], 'step-limit'),
    ],
  };
}

function unfinished(models: readonly TrainedModel[], wanted: string): string[] {
  return models
    .filter(({ status }) => status !== wanted)
    .map(
      ({ name, samples, status, remedy }) => `${name} on ${samples} sequences ended as ${status}. ${remedy}`,
    );
}
