import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAlignment } from '../../src/alignment-read.ts';
import { type ContactScoreOptions, contactScores } from '../../src/contacts.ts';
import { pseudolikelihood } from '../../src/inference/pseudolikelihood.ts';
import type { PottsModelReading } from '../../src/peers/peer-file.ts';
import { readPottsModelFile } from '../../src/peers/read-potts-model-file.ts';
import { reorderStates } from '../../src/peers/state-order.ts';
import { writePottsModelFile } from '../../src/peers/write-potts-model-file.ts';

const reference = JSON.parse(
  readFileSync(new URL('../../../../references/potts/peer-models.json', import.meta.url), 'utf8'),
);
const read = (name: string) => readPottsModelFile(Uint8Array.from(Buffer.from(reference[name], 'base64')));
const alignment = readAlignment(reference.alignment, { alphabet: 'protein' });
const PROTEIN = alignment.letters;
const PAIRS = [1, 2, 3, 6, 7, 11];

/** CCMpred's norms are float32; GREMLIN prints six digits; adabmDCA five decimals of parameters and of scores. */
const DIGITS = { ccmpred: 5, gremlin: 4, adabmdca: 4 } as const;

/** Numbers of one column of a table. */
const column = (text: string, index: number) =>
  text
    .trim()
    .split('\n')
    .map((line) => Number(line.split(/\s+/)[index]))
    .filter((value) => !Number.isNaN(value));

function checkScores(
  { model, letters }: PottsModelReading,
  options: ContactScoreOptions,
  expected: readonly number[],
  digits: number,
) {
  const scores = contactScores(model, { ...options, withoutState: letters!.indexOf('-') });
  PAIRS.forEach((pair, k) => {
    expect(scores[pair]).toBeCloseTo(expected[k], digits);
  });
}

describe.each(['ccmpred', 'ccmgen', 'gremlin', 'adabmdca'])('a file that %s wrote', (name) => {
  const reading = read(name);

  it('holds the sites and letters of its alignment', () => {
    expect(reading.model).toMatchObject({ sites: 4, states: 21 });
    expect(reading.letters).toBe(name === 'adabmdca' ? PROTEIN : 'ARNDCQEGHILKMFPSTWYV-');
    expect(reading.warnings).toEqual([]);
  });

  it('makes its alignment likelier than chance does: signs and letters are understood', () => {
    const model = reorderStates(reading.model, reading.letters!, PROTEIN);
    const without = { fieldPenalty: 0, couplingPenalty: 0 };
    const { objective } = pseudolikelihood(model, alignment, without);
    expect(objective).toBeLessThan(0.95 * alignment.samples * alignment.sites * Math.log(21));
    const swapped = reorderStates(
      reading.model,
      reading.letters!.replace('A', '?').replace('L', 'A').replace('?', 'L'),
      PROTEIN,
    );
    expect(objective).toBeLessThan(pseudolikelihood(swapped, alignment, without).objective);
  });

  it('comes back bit for bit from every format of float64', () => {
    for (const format of [
      'spinformer',
      'adabmdca',
      'adabmdca-numbers',
      'gremlin',
      'npz',
      'safetensors',
    ] as const) {
      const again = readPottsModelFile(writePottsModelFile(reading.model, format, reading));
      const letters = again.letters!;
      expect(reorderStates(again.model, letters, reading.letters!)).toEqual(reading.model);
    }
  });
});

describe('the scores that a program prints follow from the parameters that it writes', () => {
  it('CCMpred: mean of each block taken away, correction over all places, from zero', () => {
    const matrix = reference.ccmpredScores.trim().split(/\s+/).map(Number);
    const options = { gauge: 'mean-free', correction: 'apc-with-diagonal', fromZero: true } as const;
    checkScores(
      read('ccmpred'),
      options,
      PAIRS.map((pair) => matrix[pair]),
      DIGITS.ccmpred,
    );
  });

  it('GREMLIN: norms as they are, and corrected', () => {
    const { gremlinScores } = reference;
    const gauge = 'as-given' as const;
    checkScores(read('gremlin'), { gauge, correction: 'none' }, column(gremlinScores, 2), DIGITS.gremlin);
    checkScores(
      read('gremlin'),
      { gauge, correction: 'apc-with-diagonal' },
      column(gremlinScores, 3),
      DIGITS.gremlin,
    );
  });

  it('adabmDCA: in the zero-sum gauge', () => {
    const options = { gauge: 'zero-sum', correction: 'apc' } as const;
    checkScores(read('adabmdca'), options, column(reference.adabmdcaScores, 2), DIGITS.adabmdca);
  });
});

it('CCMgen’s file is CCMpred’s text in other words', () => {
  expect(read('ccmgen').model).toEqual(read('ccmpred').model);
});
