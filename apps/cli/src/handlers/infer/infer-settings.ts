import { type AlignmentOptions, type PeerConventions, peerConventions } from '@spinformer/potts';
import { pottsInferOptions } from '../../commands/potts-infer.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { kebabCase } from '../../spec/option-spec.ts';
import { alignmentSettings } from '../attention-data.ts';
import type { Weighing } from '../sequence-weights.ts';
import type { InferOptions, MethodName } from './infer-method.ts';

/** Options as a peer's conventions complete them; what was given wins. */
export interface InferSettings {
  readonly method: MethodName;
  readonly reading: AlignmentOptions;
  readonly duplicates: 'keep' | 'drop';
  readonly weighing: Weighing;
  readonly conventions?: PeerConventions;
}

const IDENTITY = 0.8;

/** Options that only some methods understand. */
const OF_METHOD: Readonly<Record<string, readonly MethodName[]>> = {
  fieldPenalty: ['plm', 'plm-asymmetric', 'boltzmann', 'autoregressive'],
  couplingPenalty: ['plm', 'plm-asymmetric', 'boltzmann', 'autoregressive'],
  groupPenalty: ['plm'],
  maxSteps: ['plm', 'plm-asymmetric', 'boltzmann', 'autoregressive', 'factored-attention'],
  heads: ['factored-attention'],
  tolerance: ['plm', 'plm-asymmetric', 'autoregressive'],
  shrinkage: ['mean-field', 'gaussian'],
  target: ['boltzmann'],
  chains: ['boltzmann'],
  sweeps: ['boltzmann'],
  rule: ['boltzmann'],
  learningRate: ['boltzmann', 'factored-attention'],
  pseudocount: ['mean-field', 'gaussian', 'boltzmann'],
};

/**
 * Everything that is decided before the alignment is read.
 * @throws {UsageError} for a method that is not the peer's, and for options of another method
 */
export function inferSettings(options: InferOptions): InferSettings {
  const { like } = options;
  const conventions = like === undefined ? undefined : peerConventions(like);
  const method = options.method ?? (conventions?.method as MethodName | undefined) ?? 'plm';
  if (!pottsInferOptions.method.choices.includes(method) || (conventions && conventions.method !== method))
    throw new UsageError(`--like ${like} is --method ${conventions?.method}, got --method ${method}.`);
  refuseForeignOptions(options, method);
  const { identity } = conventions?.weights ?? {};
  return {
    method,
    reading: { ...conventions?.alignment, ...alignmentSettings(options) },
    duplicates: conventions?.duplicates ?? 'keep',
    weighing: {
      rule: options.weights ?? conventions?.weights.convention ?? 'plmc',
      identity: options.identity ?? (identity === 'automatic' ? 'auto' : identity) ?? IDENTITY,
    },
    ...(conventions ? { conventions } : {}),
  };
}

function refuseForeignOptions(options: InferOptions, method: MethodName): void {
  for (const [name, methods] of Object.entries(OF_METHOD)) {
    if (options[name as keyof InferOptions] === undefined || methods.includes(method)) continue;
    throw new UsageError(
      `--${kebabCase(name)} belongs to --method ${methods.join(' or ')}, got --method ${method}. Leave it out, or change the method.`,
    );
  }
}
