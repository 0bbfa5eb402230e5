import { expect, it } from 'vitest';
import { pottsModel } from '../../../src/model.ts';
import { placeBlock } from '../../../src/peers/coupling-blocks.ts';
import { evzoomData } from '../../../src/peers/evzoom.ts';

it('EVzoom gets the sequence, the logo and the strong letters of a pair, from both sites', () => {
  const model = pottsModel({ sites: 2, states: 3, couplings: new Float64Array(36) });
  placeBlock(model, 0, 1, [1, 0, 0.05, 0, 0, 0, 0, -0.504, 0]);
  const options = {
    letters: 'ABC',
    reference: { letters: 'AC', residueNumbers: [7, 9] },
    frequencies: [1, 0, 0, 0.5, 0.5, 0],
    contacts: [{ i: 0, j: 1, score: 1.234 }],
  };
  expect(evzoomData(model, options)).toEqual({
    map: { letters: 'AC', indices: [7, 9] },
    logo: [
      [{ code: 'A', bits: 1.58 }],
      [
        { code: 'A', bits: 0.29 },
        { code: 'B', bits: 0.29 },
      ],
    ],
    couplings: [
      {
        i: 1,
        j: 2,
        score: 1.23,
        iC: 'AC',
        jC: 'AB',
        matrix: [
          [1, 0],
          [0, -0.5],
        ],
      },
      {
        i: 2,
        j: 1,
        score: 1.23,
        iC: 'AB',
        jC: 'AC',
        matrix: [
          [1, 0],
          [0, -0.5],
        ],
      },
    ],
  });
  expect(() => evzoomData(model, { ...options, letters: 'AB' })).toThrow(/letters must have 3 entries/);
});
