import type { Operand } from '../../backend.ts';
import { FLOATS, type KernelCase, type OperandMaker } from './kernel-case.ts';

type Sizes = readonly [batch: number, sites: number, heads: number, width: number];

const SIZES: readonly Sizes[] = [
  [0, 3, 2, 4],
  [1, 1, 1, 1],
  [2, 3, 1, 5],
  [3, 5, 2, 1],
  [2, 9, 3, 4],
  [5, 25, 12, 6],
  [2, 33, 2, 21],
];

/** Entries of the result are sums over sites, gradients of weights over the batch as well. */
const TERMS = 256;

function mixCases([batch, sites, heads, width]: Sizes): KernelCase[] {
  const operands = (make: OperandMaker) =>
    [make.random([heads, sites, sites]), make.random([batch, sites, heads, width])] as const;
  const title = `[${[heads, sites, sites]}] on [${[batch, sites, heads, width]}]`;
  return [
    {
      kernel: 'positionalMix',
      title,
      dtypes: FLOATS,
      terms: TERMS,
      run: (kernels, make) => [kernels.positionalMix(...operands(make))],
    },
    {
      kernel: 'positionalMixGrad',
      title,
      dtypes: FLOATS,
      terms: TERMS,
      run(kernels, make) {
        const [weights, values] = operands(make);
        const { dweights, dvalues } = kernels.positionalMixGrad(weights, values, make.random(values.shape));
        return [dweights, dvalues];
      },
    },
  ];
}

/** No pair further than two sites apart, by −∞ on one side and a large number on the other. */
function bandMask(make: OperandMaker, sites: number): Operand {
  const values = Float64Array.from({ length: sites * sites }, (_, at) => {
    const distance = Math.floor(at / sites) - (at % sites);
    return distance > 2 ? -Infinity : distance < -2 ? -1e9 : 0;
  });
  return make.values(values, [sites, sites]);
}

function attentionCases(sizes: Sizes, masked: boolean): KernelCase[] {
  const [batch, sites, heads] = sizes;
  const shape: readonly number[] = sizes;
  const probabilityShape = [batch, heads, sites, sites];
  const operands = (make: OperandMaker) =>
    [make.random(shape, { scale: 2 }), make.random(shape, { scale: 2 }), make.random(shape)] as const;
  const title = `[${shape}]${masked ? ' with a mask' : ''}`;
  return [
    {
      kernel: 'attention',
      title,
      dtypes: FLOATS,
      terms: TERMS,
      run(kernels, make) {
        const { out, probabilities } = kernels.attention(
          ...operands(make),
          masked ? bandMask(make, sites) : null,
          0.4,
        );
        return [out, probabilities];
      },
    },
    {
      kernel: 'attentionGrad',
      title,
      dtypes: FLOATS,
      terms: TERMS,
      run(kernels, make, dtype) {
        const [q, k, v] = operands(make);
        const { out, probabilities } = kernels.attention(q, k, v, masked ? bandMask(make, sites) : null, 0.4);
        const p = { buffer: probabilities, shape: probabilityShape, dtype };
        const { dq, dk, dv } = kernels.attentionGrad(q, k, v, p, make.random(shape), 0.4);
        return [out, probabilities, dq, dk, dv];
      },
    },
  ];
}

const adamCases = [0, 1, 17, 1003].flatMap((length) =>
  [0, 0.1].map(
    (weightDecay): KernelCase => ({
      kernel: 'adam',
      title: `${length} parameters, weight decay ${weightDecay}`,
      dtypes: FLOATS,
      run(kernels, make) {
        const [p, g, m] = [0, 1, 2].map(() => make.random([length]));
        const next = kernels.adam(p, g, m, make.random([length], { positive: true }), {
          learningRate: 0.01,
          beta1: 0.9,
          beta2: 0.99,
          epsilon: 1e-8,
          weightDecay,
          correction1: 1 - 0.9 ** 3,
          correction2: 1 - 0.99 ** 3,
        });
        return [next.parameter, next.m, next.v];
      },
    }),
  ),
);

/** Attention and optimiser. */
export const fusedCases: readonly KernelCase[] = [
  ...SIZES.flatMap(mixCases),
  ...SIZES.flatMap((sizes) => attentionCases(sizes, false)),
  ...SIZES.filter(([, sites]) => sites > 3).flatMap((sizes) => attentionCases(sizes, true)),
  ...adamCases,
];
