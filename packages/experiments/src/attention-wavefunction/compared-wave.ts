import { type TransformerState, transformerState } from '@spinformer/transformer-vqs';
import { networkSizes } from '../shared/magnets/magnet-settings.ts';
import type { AttentionWavefunctionConfig, ComparedAttention } from './attention-wavefunction-config.ts';

/** The network of a configuration with one way to mix tokens. */
export function comparedWave(
  config: AttentionWavefunctionConfig,
  attention: ComparedAttention,
): TransformerState {
  const sizes = networkSizes(config);
  if (attention === 'standard') return transformerState({ ...sizes, attention, positions: false });
  if (attention === 'standard-positions')
    return transformerState({ ...sizes, attention: 'standard', positions: true });
  return transformerState({ ...sizes, attention });
}

/** Whether its weights depend on the configuration, through queries and keys. */
export function hasQueriesAndKeys(attention: ComparedAttention): boolean {
  return ['t5', 'decoupled', 'standard', 'standard-positions'].includes(attention);
}

/** What a way to mix tokens is called in figures and sentences. */
export function attentionName(attention: ComparedAttention): string {
  if (attention === 'standard') return 'standard, no positions';
  if (attention === 'standard-positions') return 'standard, absolute positions';
  return attention;
}
