import type { BinaryOp, UnaryOp } from '../../backend.ts';
import {
  binary,
  castTo,
  fillLike,
  repeatTo,
  select,
  unary,
  unaryGrad,
} from '../../primitives/elementwise.ts';
import type { Shape } from '../../shape.ts';
import { share, type Tensor } from '../../tensor.ts';
import { type Cotangents, isBatched, type Rule } from '../rule.ts';
import type { TapeNode } from '../tape.ts';
import { unbroadcast, unbroadcastPerSample } from '../unbroadcast.ts';

/** Whether f′ is computed from x, from y = f(x), or from neither: what is not read need not be kept. */
const SLOPE_READS: Record<UnaryOp, 'x' | 'y' | 'nothing'> = {
  neg: 'nothing',
  abs: 'x',
  sign: 'nothing',
  square: 'x',
  sqrt: 'y',
  reciprocal: 'y',
  exp: 'y',
  log: 'x',
  tanh: 'y',
  sigmoid: 'y',
  relu: 'x',
  gelu: 'x',
  softplus: 'x',
  sin: 'x',
  cos: 'x',
  logCosh: 'x',
};

/** The cotangent of x; unaryGrad takes x and y, of which the one that it does not read may be anything. */
function throughUnary(node: TapeNode<UnaryOp>, g: Tensor): Tensor {
  const x = node.inputs[0] ?? node.result ?? g;
  return unaryGrad(node.attributes, x, node.result ?? x, g);
}

/** g·f′. */
export const unaryRule: Rule<UnaryOp> = {
  primitive: 'unary',
  label: (op) => op,
  reads: (_, __, op) => SLOPE_READS[op] === 'x',
  readsResult: (op) => SLOPE_READS[op] === 'y',
  backward: (node, g) => [throughUnary(node, g)],
  shared(node, g) {
    const ones = fillLike(g, node.shape, 1);
    return [binary('mul', g, throughUnary(node, ones), g.shape)];
  },
};

/** Local cotangent of operand k, of the result's shape (or with one more leading axis, as g has). */
function throughBinary(node: TapeNode<BinaryOp>, g: Tensor, k: number): Tensor {
  const [a, b] = node.inputs as [Tensor, Tensor];
  switch (node.attributes) {
    case 'add':
      return g;
    case 'sub':
      return k === 0 ? g : unary('neg', g);
    case 'mul':
      return binary('mul', g, k === 0 ? b : a, g.shape);
    case 'div': {
      const quotient = binary('div', g, b, g.shape);
      if (k === 0) return quotient;
      return unary('neg', binary('mul', quotient, binary('div', a, b), g.shape));
    }
    case 'pow':
      return k === 0 ? throughBase(a, b, g) : throughExponent(a, b, g);
    default:
      return throughExtremum(node.attributes === 'maximum' ? [a, b] : [b, a], g, k);
  }
}

/** g where operand k was taken as the larger (or, with the pair swapped, the smaller) one; of equal ones, the first. */
function throughExtremum([ahead, behind]: readonly [Tensor, Tensor], g: Tensor, k: number): Tensor {
  const secondTaken = binary('greater', behind, ahead);
  const nothing = fillLike(g, [], 0);
  return k === 0 ? select(secondTaken, nothing, g, g.shape) : select(secondTaken, g, nothing, g.shape);
}

function throughBase(a: Tensor, b: Tensor, g: Tensor): Tensor {
  const power = binary('pow', a, binary('sub', b, fillLike(b, [], 1)));
  return binary('mul', g, binary('mul', b, power), g.shape);
}

/** g·a^b·log a, and 0 where a = 0: the limit for positive exponents. */
function throughExponent(a: Tensor, b: Tensor, g: Tensor): Tensor {
  const zero = fillLike(a, [], 0);
  const logarithm = select(binary('equal', a, zero), zero, unary('log', a), a.shape);
  return binary('mul', g, binary('mul', binary('pow', a, b), logarithm), g.shape);
}

function perOperand(
  node: TapeNode<BinaryOp>,
  g: Tensor,
  wants: readonly boolean[],
  reduce: (local: Tensor, shape: Shape) => Tensor,
): Cotangents {
  return wants.map((wanted, k) => (wanted ? reduce(throughBinary(node, g, k), node.shapes[k]) : null));
}

/** Cotangents of each sample: g has the samples along axis 0, whether the result has them or not. */
function apart(node: TapeNode<BinaryOp>, g: Tensor, wants: readonly boolean[], samples: number): Cotangents {
  return perOperand(node, g, wants, (local, shape) => unbroadcastPerSample(local, shape, samples));
}

/** Why samples get lost in broadcasting, or null: a batched operand must span the result's axis 0. */
function mixesByBroadcast(node: TapeNode<unknown>): string | null {
  for (let k = 0; k < node.parents.length; k++) {
    if (!isBatched(node, k)) continue;
    const shape = node.shapes[k];
    if (shape.length !== node.shape.length || shape[0] !== node.shape[0])
      return `[${shape.join(', ')}] broadcasts to [${node.shape.join(', ')}], which moves or repeats its samples`;
  }
  return null;
}

/** The local cotangent of each operand, summed over the axes along which it was repeated. */
export const binaryRule: Rule<BinaryOp> = {
  primitive: 'binary',
  label: (op) => op,
  reads(k, wants, op) {
    if (op === 'add' || op === 'sub') return false;
    if (op === 'mul') return wants[1 - k];
    if (op === 'div') return k === 1 || wants[1];
    return true;
  },
  backward: (node, g, wants) => perOperand(node, g, wants, unbroadcast),
  perSample: apart,
  shared: apart,
  mixes: mixesByBroadcast,
};

/** `equal` and `greater`: steps, whose gradient is 0 wherever it exists. */
export const comparisonRule: Rule<BinaryOp> = {
  primitive: 'comparison',
  label: (op) => op,
  flat: true,
  reads: () => false,
  backward: () => [null, null],
  mixes: mixesByBroadcast,
};

function throughWhere(node: TapeNode<null>, g: Tensor, k: number): Tensor {
  const condition = node.inputs[0]!;
  const nothing = fillLike(g, [], 0);
  return k === 1 ? select(condition, g, nothing, g.shape) : select(condition, nothing, g, g.shape);
}

function throughChoices(
  node: TapeNode<null>,
  g: Tensor,
  wants: readonly boolean[],
  reduce: (local: Tensor, shape: Shape) => Tensor,
): Cotangents {
  return wants.map((wanted, k) =>
    wanted && k > 0 ? reduce(throughWhere(node, g, k), node.shapes[k]) : null,
  );
}

function choicesApart(
  node: TapeNode<null>,
  g: Tensor,
  wants: readonly boolean[],
  samples: number,
): Cotangents {
  return throughChoices(node, g, wants, (local, shape) => unbroadcastPerSample(local, shape, samples));
}

/** Each choice gets g where it was chosen; the condition gets none. */
export const whereRule: Rule<null> = {
  primitive: 'where',
  reads: (k) => k === 0,
  backward: (node, g, wants) => throughChoices(node, g, wants, unbroadcast),
  perSample: choicesApart,
  shared: choicesApart,
  mixes: mixesByBroadcast,
};

/** Between floating dtypes; a cast to int32 is a step. The attribute is the operand's dtype. */
export const castRule: Rule<Tensor['dtype']> = {
  primitive: 'cast',
  reads: () => false,
  backward: (node, g) => [castTo(g, node.attributes)],
  shared: (node, g) => [castTo(g, node.attributes)],
};

/** Sums over repeated axes. */
export const broadcastToRule: Rule<null> = {
  primitive: 'broadcastTo',
  reads: () => false,
  backward: (node, g) => [unbroadcast(g, node.shapes[0])],
  shared: (node, g, _, samples) => [unbroadcastPerSample(g, node.shapes[0], samples)],
  mixes: mixesByBroadcast,
};

/** The same numbers in the former shape. */
export const reshapeRule: Rule<null> = {
  primitive: 'reshape',
  reads: () => false,
  backward: (node, g) => [share(g, node.shapes[0])],
  shared: (node, g, _, samples) => [share(g, [samples, ...node.shapes[0]])],
};

/** Used by reductions: g with size-one axes in place of the reduced ones, repeated over them. */
export function repeatOver(g: Tensor, keptShape: Shape, shape: Shape): Tensor {
  return repeatTo(share(g, keptShape), shape);
}
