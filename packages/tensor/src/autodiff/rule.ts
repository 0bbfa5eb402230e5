import type { Tensor } from '../tensor.ts';
import type { TapeNode } from './tape.ts';

/** Cotangents of an operation's inputs, in their order; null where none is wanted. */
export type Cotangents = readonly (Tensor | null)[];

/**
 * How gradients flow back through one primitive. `node` tells what the operation was given; g is the cotangent of its
 * result. Rules return new tensors (or new handles on g); whoever calls them frees everything else they make.
 */
export interface Rule<Attributes> {
  readonly primitive: string;
  /** The function's name in errors, where it is not the primitive's. */
  label?(attributes: Attributes): string;
  /** Results of this primitive are steps of its operands: no gradient flows. */
  readonly flat?: boolean;
  /** Whether backward reads input k, given which inputs want a gradient. The tape holds on to nothing else. */
  reads(input: number, wants: readonly boolean[], attributes: Attributes): boolean;
  /** Whether backward reads the result. */
  readsResult?(attributes: Attributes): boolean;
  backward(node: TapeNode<Attributes>, g: Tensor, wants: readonly boolean[]): Cotangents;
  /**
   * For inputs that all samples share in an operation whose result has the samples along axis 0: their cotangents of
   * each sample, [samples, ...shape]. Absent where row r of the result depends on row r of every input: then the
   * cotangents of {@link backward} are taken apart by rows.
   */
  perSample?(node: TapeNode<Attributes>, g: Tensor, wants: readonly boolean[], samples: number): Cotangents;
  /**
   * For operations on shared inputs alone: cotangents [samples, ...shape] from g [samples, ...result shape]. Absent:
   * backward is called once for each sample.
   */
  shared?(node: TapeNode<Attributes>, g: Tensor, wants: readonly boolean[], samples: number): Cotangents;
  /** What mixes samples in this operation, in words, or null; `node.parents[k].batched` says which inputs hold them. */
  mixes?(node: TapeNode<Attributes>): string | null;
}

/** Whether input k of this operation holds samples along axis 0. */
export function isBatched(node: TapeNode<unknown>, input: number): boolean {
  return node.parents[input]?.batched ?? false;
}
