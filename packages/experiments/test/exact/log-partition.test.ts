import { seededRng } from '@spinformer/numerics';
import { enumerateExactly, pottsModel } from '@spinformer/potts';
import { describe, expect, it } from 'vitest';
import { logPartition } from '../../src/words/log-partition.ts';

describe('logPartition', () => {
  it.each([
    [2, 2],
    [3, 5],
    [5, 4],
  ])('equals exact enumeration for %i sites of %i states', (sites, states) => {
    const rng = seededRng(sites);
    const couplings = new Float64Array((sites * states) ** 2);
    const at = (i: number, j: number, a: number, b: number) => ((i * sites + j) * states + a) * states + b;
    for (let i = 0; i < sites; i++) {
      for (let j = i + 1; j < sites; j++) {
        for (let a = 0; a < states; a++) {
          for (let b = 0; b < states; b++)
            couplings[at(i, j, a, b)] = couplings[at(j, i, b, a)] = 3 * rng.normal();
        }
      }
    }
    const fields = Float64Array.from({ length: sites * states }, () => 20 * rng.normal());
    const model = pottsModel({ sites, states, fields, couplings });
    expect(logPartition(model)).toBeCloseTo(enumerateExactly(model).logZ, 9);
  });

  it('refuses what would take too long', () => {
    const model = {
      sites: 6,
      states: 26,
      fields: new Float64Array(156),
      couplings: new Float64Array(156 ** 2),
    };
    expect(() => logPartition(model)).toThrow(/26\^6 configurations are more than .* Choose fewer sites/);
  });
});
