import { type Configurations, DataError } from '@spinformer/numerics';
import type { BoltzmannTick } from '../boltzmann/boltzmann-options.ts';
import { inferBoltzmann } from '../boltzmann/infer-boltzmann.ts';
import { type BoltzmannInferenceOptions, type InferenceTick, methodOf } from './inference-options.ts';

/** Boltzmann learning with the metrics that all methods share; the chains themselves are {@link inferBoltzmann}'s. */
export async function* fitBoltzmann(
  data: Configurations,
  { method: _, resume, ...options }: BoltzmannInferenceOptions,
): AsyncGenerator<InferenceTick> {
  if (resume && !('keys' in resume))
    throw new DataError(
      `inferCouplings: the state to resume from is of method '${methodOf(resume)}', not 'boltzmann'. ` +
        'Resume with the same data and options.',
    );
  for await (const tick of inferBoltzmann(data, { ...options, ...(resume && { resume }) }))
    yield sharedTick(tick);
}

function sharedTick(tick: BoltzmannTick): InferenceTick {
  const { step, status, remedy } = tick;
  const { pearson, slope, gradientNorm, sweeps } = tick.metrics;
  return {
    step,
    metrics: {
      objective: 1 - pearson,
      gradientNorm,
      iterations: step,
      evaluations: sweeps,
      pearson,
      slope,
    },
    status,
    ...(remedy !== undefined && { remedy }),
    ...(status !== 'running' && status !== 'diverged' && { model: tick.model }),
    get state() {
      return tick.state;
    },
  };
}
