import { expect, it } from 'vitest';
import {
  attentionWavefunction,
  family,
  groundState,
  knownTruth,
  mapping,
  replicaCurve,
  words,
} from '../../src/index.ts';
import { experiments } from '../../src/registry.ts';
import { type ConformanceCase, describeConformance } from './conformance.ts';

const TEXT =
  'the cat sat on the mat and the dog ran for the bat but the rat had the hat so the man cut the bun and hid the pan ' +
  'can you see how the sun and the sea are new to all who own the old red cow that ate hay by the big oak two men met ';

/** A made-up family of eight sites in which the first and the last letter pair. */
const ALIGNMENT = Array.from({ length: 60 }, (_, k) => {
  const letters = Array.from(
    { length: 8 },
    (_unused, site) => 'ACGU'[(k * (site + 3) + ((k * k) % 7) * site) % 4],
  );
  letters[7] = 'UGCA'['ACGU'.indexOf(letters[0])];
  return `>sequence_${k}\n${letters.join('')}\n`;
}).join('');

const cases: readonly ConformanceCase[] = [
  {
    experiment: knownTruth,
    tiny: {
      ...{ sites: 5, states: 3, trainSamples: 80, testSamples: 40, sweeps: 10 },
      ...{ epochs: 2, batch: 32, iterations: 12, sampleSizes: [40, 80] },
    },
  },
  {
    experiment: words,
    tiny: {
      text: TEXT,
      length: 3,
      epochs: 2,
      batch: 16,
      iterations: 10,
      sweeps: 40,
      generated: 5,
      penalty: 0.01,
    },
  },
  {
    experiment: family,
    tiny: {
      alignment: ALIGNMENT,
      alphabet: 'rna',
      heads: 2,
      steps: 10,
      batch: 16,
      iterations: 10,
      minimumSeparation: 2,
    },
  },
  {
    experiment: mapping,
    tiny: {
      ...{ sites: 4, states: 3, trainSamples: 60, testSamples: 30, sweeps: 10, sampleSizes: [40] },
      ...{ encoders: ['1x1', '2x2'], width: 8, epochs: 1, batch: 20, iterations: 5, mapSamples: 3 },
    },
  },
  {
    experiment: replicaCurve,
    tiny: {
      ...{ loads: [1, 3], ridges: [1], neighbours: 12, rows: 2, sites: 12, repeats: 2, sweeps: 5 },
      ...{ testSamples: 20, iterations: 8, theoryPoints: 3, beta: 0.5 },
    },
  },
  {
    experiment: attentionWavefunction,
    tiny: {
      ...{
        lattice: 'chain',
        size: 6,
        patch: 2,
        width: 4,
        heads: 2,
        layers: 1,
        expansion: 1,
        steps: 3,
        repeats: 2,
      },
      ...{ attentions: ['factored', 't5', 'standard'], frozenSteps: 2, looks: 2, lookSamples: 20 },
    },
  },
  {
    experiment: groundState,
    tiny: {
      ...{ lattice: 'chain', size: 6, patch: 2, width: 4, heads: 2, layers: 1, expansion: 1, steps: 3 },
      ...{ samples: 16, finalSamples: 32, couplings: [0, 0.3], tuneFrom: 0, tuneTo: [0.3], tuneSteps: 2 },
    },
  },
];

cases.forEach(describeConformance);

it('covers every experiment of the registry', () => {
  expect(cases.map(({ experiment }) => experiment.id)).toEqual(experiments.map(({ id }) => id));
});
