import type { BinaryOp, UnaryOp } from '../../backend.ts';

/** tanh form of the Gaussian error linear unit: ½x(1 + tanh(√(2/π)(x + 0.044715x³))). */
const GELU_SCALE = Math.sqrt(2 / Math.PI);
const GELU_CUBIC = 0.044715;

function gelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x)));
}

function geluSlope(x: number): number {
  const t = Math.tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x));
  return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * GELU_SCALE * (1 + 3 * GELU_CUBIC * x * x);
}

function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** y = f(x). */
export const UNARY: Record<UnaryOp, (x: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  square: (x) => x * x,
  sqrt: Math.sqrt,
  reciprocal: (x) => 1 / x,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid,
  relu: (x) => Math.max(x, 0),
  gelu,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  sin: Math.sin,
  cos: Math.cos,
  logCosh: (x) => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2,
};

/** f′ from x and y = f(x). */
export const UNARY_SLOPE: Record<UnaryOp, (x: number, y: number) => number> = {
  neg: () => -1,
  abs: (x) => Math.sign(x),
  sign: () => 0,
  square: (x) => 2 * x,
  sqrt: (_, y) => 0.5 / y,
  reciprocal: (_, y) => -y * y,
  exp: (_, y) => y,
  log: (x) => 1 / x,
  tanh: (_, y) => 1 - y * y,
  sigmoid: (_, y) => y * (1 - y),
  relu: (x) => (x > 0 ? 1 : 0),
  gelu: geluSlope,
  softplus: sigmoid,
  sin: Math.cos,
  cos: (x) => -Math.sin(x),
  logCosh: Math.tanh,
};

/** f(a, b); comparisons yield 1 or 0. */
export const BINARY: Record<BinaryOp, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  pow: (a, b) => a ** b,
  equal: (a, b) => (a === b ? 1 : 0),
  greater: (a, b) => (a > b ? 1 : 0),
};
