import type { Rng } from '@spinformer/numerics';
import { drawConfigurations, type PottsModel, pottsModel } from '@spinformer/potts';

/** Sites of the synthetic family: two stems of five pairs, each around a loop. */
const SITES = 36;
const STEMS = [
  { first: 1, last: 17, pairs: 5 },
  { first: 19, last: 34, pairs: 5 },
] as const;
const SEQUENCES = 1500;
const SWEEPS = 100;
const LETTERS = 'ACGU';
/** Gain of a pair of letters in units of k_B T: Watson–Crick pairs, and the wobble pair at half strength. */
const PAIRING: Readonly<Record<string, number>> = { AU: 2.2, UA: 2.2, CG: 2.6, GC: 2.6, GU: 1.1, UG: 1.1 };

/** A synthetic family and the pairs that bind in it. */
export interface HairpinFamily {
  /** FASTA. */
  readonly text: string;
  /** 0-based base pairs (i, j), flat. */
  readonly pairs: Int32Array;
}

/**
 * Draws a family of RNA hairpins in which nothing but base pairing couples the sites: an example whose contacts are
 * known exactly, for when a person brings no alignment.
 *
 * @param rng draws the sequences
 * @returns the alignment as FASTA, with the base pairs
 */
export async function drawHairpinFamily(rng: Rng): Promise<HairpinFamily> {
  const pairs = basePairs();
  const { values } = await drawConfigurations(hairpinModel(pairs), {
    chains: SEQUENCES,
    sweeps: SWEEPS,
    rng,
  });
  const text = Array.from({ length: SEQUENCES }, (_, index) => {
    const letters = Array.from(
      values.subarray(index * SITES, (index + 1) * SITES),
      (state) => LETTERS[state],
    );
    return `>hairpin_${index + 1}\n${letters.join('')}\n`;
  }).join('');
  return { text, pairs };
}

function basePairs(): Int32Array {
  return Int32Array.from(
    STEMS.flatMap(({ first, last, pairs }) =>
      Array.from({ length: pairs }, (_, k) => [first + k, last - k]).flat(),
    ),
  );
}

function hairpinModel(pairs: Int32Array): PottsModel {
  const states = LETTERS.length;
  const couplings = new Float64Array((SITES * states) ** 2);
  for (let k = 0; k < pairs.length; k += 2) {
    for (const [i, j] of [
      [pairs[k], pairs[k + 1]],
      [pairs[k + 1], pairs[k]],
    ]) {
      for (let a = 0; a < states; a++) {
        for (let b = 0; b < states; b++) {
          couplings[((i * SITES + j) * states + a) * states + b] = PAIRING[LETTERS[a] + LETTERS[b]] ?? 0;
        }
      }
    }
  }
  return pottsModel({ sites: SITES, states, couplings });
}
