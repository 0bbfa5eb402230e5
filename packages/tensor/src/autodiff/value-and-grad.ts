import { DomainError, ShapeError } from '@spinformer/numerics';
import { closeFrame, currentFrame, openFrame } from '../memory/frame.ts';
import { fillLike } from '../primitives/elementwise.ts';
import { alias, describeTensor, Tensor } from '../tensor.ts';
import { mapLeaves, type ParameterTree, pathOf, treeLeaves } from '../trees/tree.ts';
import { walkBack } from './backward.ts';
import { Tape, type TapeNode } from './tape.ts';

/** A loss and its gradient; both belong to the caller. */
export interface ValueAndGrad<P> {
  /** The loss, shape []. */
  readonly value: Tensor;
  /** Its gradient, of the parameters' structure; zeros for a parameter that the loss does not use. */
  readonly grads: P;
}

/**
 * The value of a scalar loss together with its gradient with respect to every tensor in `parameters`.
 *
 * `loss` runs inside a scope of its own: tensors that it makes are freed as soon as the backward pass has used them.
 *
 * @param loss maps parameters and arguments to a tensor of one number
 * @returns a function of the same arguments; its value and gradients belong to the caller
 * @throws {ShapeError} when the loss is not one number
 * @throws {DomainError} when a parameter is int32, or when the gradient of a gradient is asked for
 * @example
 * const { value, grads } = valueAndGrad((p: { w: Tensor }, x: Tensor) => mean(square(matmul(x, p.w))))({ w }, x);
 */
export function valueAndGrad<P extends ParameterTree, A>(
  loss: (parameters: P, args: A) => Tensor,
): (parameters: P, args: A) => ValueAndGrad<P> {
  return (parameters, args) => {
    const tape = new Tape();
    const watched = watchParameters('valueAndGrad', tape, parameters);
    try {
      const { value, root } = runForward(() => loss(watched, args));
      if (root)
        walkBack(tape, root, fillLike(value, root.shape, 1), (node, g, wants) =>
          node.rule!.backward(node, g, wants),
        );
      currentFrame()?.adopt(value);
      return { value, grads: takeGradients(watched) };
    } finally {
      releaseWatched(watched);
      tape.close();
    }
  };
}

/** Handles on the parameters that the tape watches; they belong to no scope. */
export function watchParameters<P>(name: string, tape: Tape, parameters: P): P {
  return mapLeaves(parameters, (leaf, index) => {
    if (leaf.dtype === 'int32')
      throw new DomainError(
        `${name}: ${labelOf(parameters, index)} is int32, which has no gradient. Pass it in args.`,
      );
    if (leaf.node?.tape.open)
      throw new DomainError(
        `${name}: ${labelOf(parameters, index)} is watched by another gradient. Gradients of gradients are not available.`,
      );
    return tape.watch(leaf, false);
  });
}

function labelOf(parameters: unknown, index: number): string {
  const path = pathOf(parameters, index);
  return path === '' ? 'the parameter' : `parameter ${path}`;
}

/** Runs the loss in a scope of its own; what the backward pass needs is held by the tape. */
function runForward(body: () => Tensor): { value: Tensor; root: TapeNode | null } {
  const frame = openFrame();
  try {
    const out = body();
    if (!(out instanceof Tensor) || out.size !== 1)
      throw new ShapeError(
        `valueAndGrad: the loss must be one number, got ${out instanceof Tensor ? describeTensor(out) : typeof out}. ` +
          'Reduce it with mean() or sum().',
      );
    return { value: alias(out, []), root: out.node?.tape.open && out.node.wanted ? out.node : null };
  } finally {
    closeFrame(frame);
  }
}

/** Disposes of watched handles, and of cotangents that an error left behind. */
export function releaseWatched(watched: unknown): void {
  for (const leaf of treeLeaves(watched)) {
    leaf.node?.cotangent?.dispose();
    leaf.dispose();
  }
}

function takeGradients<P>(watched: P): P {
  return mapLeaves(watched, (leaf) => {
    const { cotangent } = leaf.node!;
    leaf.node!.cotangent = null;
    if (cotangent === null) return fillLike(leaf, leaf.shape, 0);
    currentFrame()?.adopt(cotangent);
    return cotangent;
  });
}
