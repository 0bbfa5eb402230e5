import type { KernelName } from '../../backend.ts';
import type { Rule } from '../rule.ts';
import { attentionRule, positionalMixRule } from './attention.ts';
import { binaryRule, broadcastToRule, castRule, reshapeRule, unaryRule, whereRule } from './elementwise.ts';
import { choleskyRule, symmetricRankKRule, triangularSolveRule } from './linear-algebra.ts';
import { denseRule, matmulRule } from './matmul.ts';
import {
  concatRule,
  gatherRule,
  permuteRule,
  placeRule,
  reduceRule,
  scatterAddRule,
  sliceRule,
} from './movement.ts';
import { crossEntropyRule, layerNormRule, logSoftmaxRule, softmaxRule } from './rows.ts';

/** The vector-Jacobian rule of every primitive that has one. */
export const RULES = {
  unary: unaryRule,
  binary: binaryRule,
  where: whereRule,
  cast: castRule,
  broadcastTo: broadcastToRule,
  reshape: reshapeRule,
  reduce: reduceRule,
  permute: permuteRule,
  slice: sliceRule,
  embed: placeRule,
  concat: concatRule,
  gather: gatherRule,
  scatterAdd: scatterAddRule,
  matmul: matmulRule,
  dense: denseRule,
  softmax: softmaxRule,
  logSoftmax: logSoftmaxRule,
  crossEntropy: crossEntropyRule,
  layerNorm: layerNormRule,
  positionalMix: positionalMixRule,
  attention: attentionRule,
  cholesky: choleskyRule,
  triangularSolve: triangularSolveRule,
  symmetricRankK: symmetricRankKRule,
} satisfies Record<string, Rule<never>>;

/** Kernels without a rule, and why they need none. */
export const WITHOUT_RULE: Partial<Record<KernelName, string>> = {
  fill: 'has no operand',
  oneHot: 'its operand is an index',
  adam: 'an update, never part of a loss',
  eigh: 'its vectors have no gradient where eigenvalues coincide',
  unaryGrad: 'an adjoint; gradients of gradients are not available',
  softmaxGrad: 'an adjoint',
  logSoftmaxGrad: 'an adjoint',
  crossEntropyGrad: 'an adjoint',
  layerNormGrad: 'an adjoint',
  positionalMixGrad: 'an adjoint',
  attentionGrad: 'an adjoint',
};
