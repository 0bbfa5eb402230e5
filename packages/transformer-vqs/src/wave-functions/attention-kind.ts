/**
 * How a layer of a transformer wave function mixes its tokens; i and j are tokens, j − i a displacement on the torus:
 *
 * | kind | weights |
 * | --- | --- |
 * | `factored` | a[j − i], free and signed, no softmax |
 * | `factored-full` | a[i, j], free and signed: no translation invariance |
 * | `factored-softmax` | softmax_j of a[j − i] |
 * | `spatial` | softmax_j of −γ·distance(i, j), times a[j − i] |
 * | `standard` | softmax_j of q_i·k_j/√width |
 * | `t5` | softmax_j of q_i·k_j/√width + p[j − i] |
 * | `decoupled` | softmax_j of q_i·k_j/√width, plus p[j − i] |
 *
 * The first four depend on positions alone.
 */
export type AttentionKind =
  | 'factored'
  | 'factored-full'
  | 'factored-softmax'
  | 'spatial'
  | 'standard'
  | 't5'
  | 'decoupled';

/** Every {@link AttentionKind}, those that depend on positions alone first. */
export const ATTENTION_KINDS: readonly AttentionKind[] = [
  'factored',
  'factored-full',
  'factored-softmax',
  'spatial',
  'standard',
  't5',
  'decoupled',
];

/** Whether the weights depend on what the tokens hold, through queries and keys. */
export function dependsOnContent(kind: AttentionKind): boolean {
  return kind === 'standard' || kind === 't5' || kind === 'decoupled';
}
