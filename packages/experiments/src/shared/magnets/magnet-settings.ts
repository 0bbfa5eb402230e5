import {
  chain,
  j1j2,
  type SignRule,
  type SpinHamiltonian,
  square,
  type VmcOptimizer,
  type VmcOptions,
} from '@spinformer/transformer-vqs';
import { z } from 'zod';

const count = (low: number, high: number) => z.int().min(low).max(high);
const SIGN_RULES = ['none', 'marshall', 'stripe'] as const;
const OPTIMIZERS = ['sr', 'spring', 'march', 'adam', 'sgd'] as const;

/** Settings that every study of magnets has: the lattice, the network and how it is optimised. */
export const magnetSettings = {
  lattice: z.enum(['square', 'chain']).default('square').describe('where the spins sit, periodic'),
  size: count(4, 64).default(4).describe('side of the square or length of the chain, sites'),
  signRule: z
    .enum(SIGN_RULES)
    .default('none')
    .describe('sign structure that the network is told; none: it finds the signs itself'),
  patch: count(1, 8).default(2).describe('side of a token, sites; divides the size'),
  width: count(1, 512).default(24).describe('numbers in which a token is represented'),
  heads: count(1, 64).default(4).describe('heads of a layer; they divide the width'),
  layers: count(1, 16).default(2).describe('layers'),
  expansion: count(1, 8).default(4).describe('width of the feed-forward parts over the width'),
  steps: count(1, 100_000).default(300).describe('steps of the optimisation'),
  samples: count(0, 1_000_000)
    .default(0)
    .describe('configurations per step; 0 sums over all of them exactly, up to 18 sites'),
  optimizer: z.enum(OPTIMIZERS).default('spring').describe('how parameters move'),
  learningRate: z
    .number()
    .min(1e-6)
    .max(1)
    .optional()
    .describe('rate η of a step; left out: what the optimiser takes by itself'),
  diagonalShift: z
    .number()
    .min(1e-9)
    .max(10)
    .default(0.01)
    .describe('λ added to the metric S; exact sums adapt it'),
};

/** The lattice, the network and the optimiser of a study of magnets. */
export interface MagnetSettings {
  readonly lattice: 'square' | 'chain';
  readonly size: number;
  readonly signRule: (typeof SIGN_RULES)[number] & SignRule;
  readonly patch: number;
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
  readonly expansion: number;
  readonly steps: number;
  readonly samples: number;
  readonly optimizer: VmcOptimizer;
  readonly learningRate?: number | undefined;
  readonly diagonalShift: number;
}

/** The magnet of a study at one coupling J2, in units of J1. */
export function magnet({ lattice, size, signRule }: MagnetSettings, j2: number): SpinHamiltonian {
  return j1j2(lattice === 'chain' ? chain(size) : square(size), { j2, signRule });
}

/** The magnet in words: `4×4 square`, `chain of 16`. */
export function magnetName({ lattice, size }: Pick<MagnetSettings, 'lattice' | 'size'>): string {
  return lattice === 'chain' ? `chain of ${size}` : `${size}×${size} square`;
}

/** What `transformerState` needs beside the attention kind. */
export function networkSizes(settings: MagnetSettings) {
  const { lattice, size, patch, width, heads, layers, expansion } = settings;
  const shape = lattice === 'chain' ? [size] : [size, size];
  return { lattice: { shape }, patch, width, heads, layers, expansion };
}

/** What `optimizeState` needs beside steps and a source of chance. */
export function optimizerOptions({
  samples,
  optimizer,
  learningRate,
  diagonalShift,
}: MagnetSettings): Pick<VmcOptions, 'samples' | 'optimizer' | 'learningRate' | 'diagonalShift'> {
  return {
    ...{ samples: samples === 0 ? 'all' : samples, optimizer, diagonalShift },
    ...(learningRate !== undefined && { learningRate }),
  };
}
