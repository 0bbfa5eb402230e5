import { mapTree, readSync, tensor, withBackend } from '@spinformer/tensor';
import { attentionWeights } from './attention-weights.ts';
import type { LayerParameters, TransformerParameters } from './transformer-parameters.ts';
import { type TransformerState, transformerState } from './transformer-state.ts';

/** A state with factored attention, and its parameters. */
export interface FrozenState {
  readonly wave: TransformerState;
  readonly parameters: TransformerParameters;
}

/**
 * Replaces each layer's attention by its average over configurations and translations: a `factored` state with the same
 * tokens, values and feed-forward parts. If queries and keys were never relevant, the energy stays what it was.
 *
 * @param spins configurations [samples, sites] drawn from |ψ|²; needed only where weights depend on content
 * @returns a new state and new parameters, which belong to the caller.
 * @throws {DomainError} when configurations are needed and absent.
 * @source rende2025queries
 */
export function freezeAttention(
  wave: TransformerState,
  parameters: TransformerParameters,
  spins?: Int8Array,
): FrozenState {
  const { shape, ...sizes } = wave.architecture;
  const maps = attentionWeights(wave, parameters, spins);
  const frozen = transformerState({ ...sizes, lattice: { shape }, attention: 'factored' });
  const { backend, dtype } = parameters.embed.weight;
  const layers = parameters.layers.map((layer, index): LayerParameters => {
    const {
      query: _,
      key: __,
      decay: ___,
      position: ____,
      output,
      feedNorm,
      expand,
      contract,
      ...rest
    } = layer;
    const position = tensor(maps[index].byDisplacement, [sizes.heads, maps[index].patches], dtype);
    return { ...rest, position, output, feedNorm, expand, contract };
  });
  return withBackend(backend, () => ({
    wave: frozen,
    parameters: mapTree({ ...parameters, layers }, (leaf) => tensor(readSync(leaf), leaf.shape, dtype)),
  }));
}
