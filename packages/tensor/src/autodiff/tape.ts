import { DomainError, ShapeError } from '@spinformer/numerics';
import type { DType } from '../backend.ts';
import type { Shape } from '../shape.ts';
import { alias, type Tensor } from '../tensor.ts';
import type { Rule } from './rule.ts';

/** One recorded operation, or a leaf (a parameter, or an argument that holds samples). */
export class TapeNode<Attributes = unknown> {
  readonly tape: Tape;
  readonly rule: Rule<Attributes> | null;
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly dtype: DType;
  /** Whether a gradient flows to a parameter through this node. */
  readonly wanted: boolean;
  /** Whether the result holds samples along axis 0; only while per-sample gradients are recorded. */
  batched = false;
  parents: readonly (TapeNode | null)[] = [];
  /** Which parents want a cotangent. */
  wants: readonly boolean[] = [];
  shapes: readonly Shape[] = [];
  /** The inputs that the rule reads; null for the others. */
  inputs: (Tensor | null)[] = [];
  result: Tensor | null = null;
  extras: readonly Tensor[] = [];
  cotangent: Tensor | null = null;

  constructor(
    tape: Tape,
    rule: Rule<Attributes> | null,
    attributes: Attributes,
    like: Tensor,
    wanted: boolean,
  ) {
    this.tape = tape;
    this.rule = rule;
    this.attributes = attributes;
    this.shape = like.shape;
    this.dtype = like.dtype;
    this.wanted = wanted;
  }

  /** Lets go of what was held for the backward pass. */
  release(): void {
    for (let k = 0; k < this.inputs.length; k++) this.inputs[k]?.dispose();
    for (let k = 0; k < this.extras.length; k++) this.extras[k].dispose();
    this.result?.dispose();
    this.inputs = [];
    this.extras = [];
    this.result = null;
  }
}

/** What was done to the parameters, in order. */
export class Tape {
  readonly nodes: TapeNode[] = [];
  /** The number of samples along axis 0, or 0 when an ordinary gradient is recorded. */
  readonly samples: number;
  open = true;

  constructor(samples = 0) {
    this.samples = samples;
  }

  /** A handle on x that is watched from here on; the current scope does not own it, the caller does. */
  watch(x: Tensor, batched: boolean): Tensor {
    const watched = alias(x);
    watched.node = new TapeNode(this, null, null, x, !batched);
    watched.node.batched = batched;
    return watched;
  }

  /** Ends the recording: tensors that outlive it count as constants. */
  close(): void {
    this.open = false;
    for (const node of this.nodes) {
      node.release();
      node.cotangent?.dispose();
      node.cotangent = null;
    }
    this.nodes.length = 0;
  }
}

const NO_EXTRAS: readonly Tensor[] = [];

/**
 * Notes on the tape, if any input is watched, that `result` came from `inputs`, and returns `result`. `extras` are
 * further results of the kernel that the rule reads: they belong to the tape from here on.
 */
export function record<Attributes>(
  rule: Rule<Attributes>,
  result: Tensor,
  inputs: readonly (Tensor | null)[],
  attributes: Attributes,
  extras: readonly Tensor[] = NO_EXTRAS,
): Tensor {
  const tape = tapeOf(inputs, rule, attributes);
  if (tape !== null) recordOn(tape, rule, result, inputs, attributes, extras);
  for (let k = 0; k < extras.length; k++) extras[k].dispose();
  return result;
}

function labelOf<Attributes>(rule: Rule<Attributes>, attributes: Attributes): string {
  return rule.label?.(attributes) ?? rule.primitive;
}

function tapeOf<Attributes>(
  inputs: readonly (Tensor | null)[],
  rule: Rule<Attributes>,
  attributes: Attributes,
): Tape | null {
  let tape: Tape | null = null;
  for (let k = 0; k < inputs.length; k++) {
    const own = inputs[k]?.node?.tape;
    if (!own?.open) continue;
    if (tape !== null && tape !== own)
      throw new DomainError(
        `${labelOf(rule, attributes)}: operands are watched by two gradients at once. Gradients of gradients are not available; ` +
          'compute the inner one from tensors that the outer one does not watch.',
      );
    tape = own;
  }
  return tape;
}

function recordOn<Attributes>(
  tape: Tape,
  rule: Rule<Attributes>,
  result: Tensor,
  inputs: readonly (Tensor | null)[],
  attributes: Attributes,
  extras: readonly Tensor[],
): void {
  const count = inputs.length;
  const parents = new Array<TapeNode | null>(count);
  const wants = new Array<boolean>(count);
  let wanted = false;
  let batched = false;
  for (let k = 0; k < count; k++) {
    const parent = inputs[k]?.node ?? null;
    const open = parent?.tape.open ?? false;
    parents[k] = open ? parent : null;
    wants[k] = open && parent!.wanted;
    wanted ||= wants[k];
    batched ||= open && parent!.batched;
  }
  wanted &&= result.dtype !== 'int32' && rule.flat !== true;
  if (!wanted && !batched) return;
  const node = new TapeNode<Attributes>(tape, rule, attributes, result, wanted);
  node.parents = parents;
  node.wants = wants;
  node.shapes = inputs.map(shapeOf);
  node.batched = batched;
  if (batched) checkSamples(node, tape.samples);
  if (wanted) hold(node, result, inputs, wants, extras);
  result.node = node as TapeNode;
  tape.nodes.push(node as TapeNode);
}

const NO_SHAPE: Shape = [];

function shapeOf(x: Tensor | null): Shape {
  return x === null ? NO_SHAPE : x.shape;
}

function hold<Attributes>(
  node: TapeNode<Attributes>,
  result: Tensor,
  inputs: readonly (Tensor | null)[],
  wants: readonly boolean[],
  extras: readonly Tensor[],
): void {
  const rule = node.rule!;
  const held = new Array<Tensor | null>(inputs.length);
  for (let k = 0; k < held.length; k++) {
    const input = inputs[k];
    held[k] = input !== null && rule.reads(k, wants, node.attributes) ? alias(input) : null;
  }
  node.inputs = held;
  if (rule.readsResult?.(node.attributes)) node.result = alias(result);
  if (extras.length > 0) node.extras = extras.map((extra) => alias(extra));
}

function checkSamples<Attributes>(node: TapeNode<Attributes>, samples: number): void {
  const problem =
    node.rule!.mixes?.(node) ??
    (node.shape.length === 0 || node.shape[0] % samples !== 0
      ? `its result [${node.shape.join(', ')}] does not have the ${samples} samples along axis 0`
      : null);
  if (problem !== null)
    throw new ShapeError(
      `perSampleGrad: ${labelOf(node.rule!, node.attributes)} mixes samples: ${problem}. ` +
        'Keep the samples along axis 0 and let row s of the output depend on row s of the arguments only.',
    );
}
