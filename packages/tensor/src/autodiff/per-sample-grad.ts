import { ShapeError } from '@spinformer/numerics';
import { closeFrame, currentFrame, openFrame } from '../memory/frame.ts';
import { fillLike } from '../primitives/elementwise.ts';
import { madeLike } from '../primitives/made.ts';
import { concatAlong } from '../primitives/movement.ts';
import { formatShape } from '../shape.ts';
import { alias, describeTensor, share, Tensor } from '../tensor.ts';
import { mapLeaves, type ParameterTree, treeLeaves } from '../trees/tree.ts';
import { walkBack } from './backward.ts';
import { pullPerSample } from './pull-per-sample.ts';
import { Tape, type TapeNode } from './tape.ts';
import { releaseWatched, watchParameters } from './value-and-grad.ts';

/**
 * The Jacobian of one number per sample with respect to all parameters, in one backward pass over all samples: what
 * stochastic reconfiguration and gradient statistics need. The weights are never repeated.
 *
 * Every tensor in `args` holds the samples along axis 0, and output s may depend on row s alone. Inside `f`, tensors
 * may be regrouped as [samples·m, ...]; operations that would mix samples throw.
 *
 * @param f maps parameters and arguments to a tensor [samples]
 * @returns a function of the same arguments; its result is [samples, parameters] with the parameters in the order of
 * {@link flattenTree}, and belongs to the caller
 * @throws {ShapeError} when the arguments disagree on the number of samples, when the output is not [samples], and
 * when an operation mixes samples
 * @example
 * const jacobian = perSampleGrad((p: { w: Tensor }, x: Tensor) => sum(logCosh(matmul(x, p.w)), 1))({ w }, x);
 */
export function perSampleGrad<P extends ParameterTree, A>(
  f: (parameters: P, args: A) => Tensor,
): (parameters: P, args: A) => Tensor {
  return (parameters, args) => {
    const samples = samplesOf(args);
    const leaves = treeLeaves(parameters);
    if (leaves.length === 0)
      throw new ShapeError('perSampleGrad: there are no parameters. Pass a tree of tensors.');
    if (samples === 0) return fillLike(leaves[0], [0, leaves.reduce((size, leaf) => size + leaf.size, 0)], 0);
    const tape = new Tape(samples);
    const watched = watchParameters('perSampleGrad', tape, parameters);
    const batched = mapLeaves(args, (leaf) => tape.watch(leaf, true));
    try {
      const { out, root } = runForward(() => f(watched, batched), samples);
      if (root)
        walkBack(tape, root, seedFor(out, root, samples), (node, g, wants) =>
          pullPerSample(node, g, wants, samples),
        );
      out.dispose();
      return jacobian(watched, samples);
    } finally {
      releaseWatched(watched);
      releaseWatched(batched);
      tape.close();
    }
  };
}

function samplesOf(args: unknown): number {
  const shapes = treeLeaves(args).map((leaf) => leaf.shape);
  if (shapes.length === 0)
    throw new ShapeError('perSampleGrad: args hold no tensor. Pass the samples along axis 0 of a tensor.');
  const samples = shapes[0][0];
  for (const shape of shapes)
    if (shape.length === 0 || shape[0] !== samples)
      throw new ShapeError(
        `perSampleGrad: tensors in args must have the samples along axis 0, got ${formatShape(shapes[0])} and ` +
          `${formatShape(shape)}. Constants that all samples share go into the closure of f.`,
      );
  return samples;
}

function runForward(body: () => Tensor, samples: number): { out: Tensor; root: TapeNode | null } {
  const frame = openFrame();
  try {
    const out = body();
    if (!(out instanceof Tensor) || out.shape.length !== 1 || out.shape[0] !== samples)
      throw new ShapeError(
        `perSampleGrad: f must return one number per sample, [${samples}], got ` +
          `${out instanceof Tensor ? describeTensor(out) : typeof out}. Reduce over the other axes.`,
      );
    return { out: alias(out), root: out.node?.tape.open && out.node.wanted ? out.node : null };
  } finally {
    closeFrame(frame);
  }
}

/** ∂out_s/∂out: ones where out holds the samples, the identity where it does not depend on them at all. */
function seedFor(out: Tensor, root: TapeNode, samples: number): Tensor {
  if (root.batched) return fillLike(out, out.shape, 1);
  const identity = new Float64Array(samples * samples);
  for (let s = 0; s < samples; s++) identity[s * samples + s] = 1;
  return madeLike(out, out.backend.upload(identity, out.dtype), [samples, samples]);
}

/** Joins the leaves' cotangents [samples, ...shape] to [samples, parameters]. */
function jacobian(watched: unknown, samples: number): Tensor {
  const frame = openFrame();
  let whole: Tensor;
  try {
    const parts = treeLeaves(watched).map((leaf) => {
      const columns = [samples, leaf.size];
      const { cotangent } = leaf.node!;
      return cotangent === null ? fillLike(leaf, columns, 0) : share(cotangent, columns);
    });
    whole = alias(parts.length === 1 ? parts[0] : concatAlong(parts, 1));
  } finally {
    closeFrame(frame);
  }
  currentFrame()?.adopt(whole);
  return whole;
}
