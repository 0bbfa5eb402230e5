import { WasmRuntime } from '@spinformer/tensor/wasm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceWeights } from '../../src/alignment-weights.ts';
import { sequenceWeightsFast } from '../../src/reweighting.ts';
import { minimumMatches } from '../../src/weights/neighbour-rules.ts';

const runtime = new WasmRuntime({ threads: 2 });

/** Alignments with families: each sequence copies an earlier one and changes some letters. */
function related(samples: number, sites: number, letters: number, integer: (below: number) => number) {
  const codes = new Uint8Array(samples * sites);
  for (let s = 0; s < samples; s++) {
    const parent = integer(s + 1);
    for (let i = 0; i < sites; i++) {
      const copied = parent < s && integer(10) < 8;
      codes[s * sites + i] = copied ? codes[parent * sites + i] : integer(letters);
    }
  }
  return { samples, sites, codes, alphabet: { gapCode: 0 } };
}

const counter = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};

const CONVENTIONS = [
  'plmc',
  'gremlin',
  'ccmpred',
  'plmdca',
  'adabmdca',
  'evcouplings',
  'eve',
  'henikoff',
  'none',
] as const;

describe('sequenceWeightsFast', () => {
  it('equals the plain weights exactly, for any size, threshold and convention', () => {
    fc.assert(
      fc.property(
        fc.record({
          samples: fc.integer({ min: 1, max: 230 }),
          sites: fc.integer({ min: 1, max: 130 }),
          letters: fc.constantFrom(2, 5, 21, 254),
          seed: fc.nat(),
          identity: fc.constantFrom(0, 0.3, 0.62, 0.8, 1),
          convention: fc.constantFrom(...CONVENTIONS),
        }),
        ({ samples, sites, letters, seed, identity, convention }) => {
          const data = related(samples, sites, letters, counter(seed));
          expect(sequenceWeightsFast(data, { identity, convention, runtime })).toEqual(
            sequenceWeights(data, { identity, convention }),
          );
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });

  it('counts beyond what a byte holds', () => {
    const data = related(5, 5000, 2, counter(8));
    const weights = sequenceWeightsFast(data, { identity: 0.45, runtime });
    expect(weights).toEqual(sequenceWeights(data, { identity: 0.45 }));
    expect(minimumMatches(5000, { identity: 0.45 })).toBeGreaterThan(255);
  });

  it('takes no sequences', () => {
    expect(sequenceWeightsFast({ samples: 0, sites: 3, codes: new Uint8Array() }, { runtime })).toEqual(
      new Float64Array(),
    );
  });
});
