import { DataError } from '@spinformer/numerics';
import type { Alignment } from '../alignment.ts';
import type { PottsModel } from '../model.ts';
import { oneSiteFrequencies } from '../statistics/one-point.ts';
import { twoSiteFrequencies } from '../statistics/two-point.ts';
import { blockOf, forEachPair } from './coupling-blocks.ts';
import type { PottsFileMetadata } from './peer-file.ts';
import type { PlmcParameters } from './plmc-params.ts';
import { numbersToWrite } from './site-numbers.ts';

type Contents = Omit<PlmcParameters, 'model'>;

/**
 * Everything that a file of plmc holds beside the parameters: what `metadata.plmc` gives, then what its alignment tells,
 * then what stands for unknown: flat frequencies, zero counts, and the first letter throughout as focus sequence.
 *
 * @throws {DataError} for letters, a focus sequence or frequencies that do not fit the model.
 */
export function plmcContents(model: PottsModel, metadata: PottsFileMetadata): Contents {
  const { sites, states } = model;
  const { alignment, plmc } = metadata;
  const letters = metadata.letters ?? plmc?.letters ?? alignment?.letters ?? '';
  const pairNumbers = ((sites * (sites - 1)) / 2) * states * states;
  const contents: Contents = {
    sequences: 0,
    sequencesDropped: 0,
    iterations: 0,
    theta: 0,
    fieldPenalty: 0,
    couplingPenalty: 0,
    groupPenalty: 0,
    ...(alignment ? contentsOf(alignment) : flatFrequencies(sites, states)),
    ...plmc,
    letters,
    target: plmc?.target ?? targetOf(metadata) ?? (letters[0] ?? '-').repeat(sites),
    numbers: plmc?.numbers ?? numbersToWrite(sites, metadata),
  };
  checkLength('letters', contents.letters, states);
  checkLength('target', contents.target, sites);
  checkLength('numbers', contents.numbers, sites);
  checkLength('frequencies', contents.frequencies, sites * states);
  checkLength('pairFrequencies', contents.pairFrequencies, pairNumbers);
  checkLength('neighbours', contents.neighbours, contents.sequences + contents.sequencesDropped);
  return contents;
}

function targetOf({ description, alignment }: PottsFileMetadata): string | undefined {
  return description?.reference?.letters ?? alignment?.reference?.letters;
}

function flatFrequencies(sites: number, states: number) {
  const pairs = (sites * (sites - 1)) / 2;
  return {
    effectiveSequences: 0,
    neighbours: new Float32Array(0),
    frequencies: new Float64Array(sites * states).fill(1 / states),
    pairFrequencies: new Float32Array(pairs * states * states).fill(1 / states ** 2),
  };
}

function contentsOf(alignment: Alignment) {
  const { samples, sites, states, weights } = alignment;
  const neighbours = Float32Array.from({ length: samples }, (_, m) => 1 / (weights?.[m] ?? 1));
  const pairTensor = twoSiteFrequencies(alignment, { precision: 'float32' });
  const block = states * states;
  const pairFrequencies = new Float32Array(((sites * (sites - 1)) / 2) * block);
  let at = 0;
  forEachPair(sites, (i, j) => {
    pairFrequencies.set(blockOf({ sites, states, couplings: pairTensor, fields: NO_FIELDS }, i, j), at);
    at += block;
  });
  return {
    sequences: samples,
    effectiveSequences: weights?.reduce((sum, weight) => sum + weight, 0) ?? samples,
    neighbours,
    frequencies: fillEmpty(oneSiteFrequencies(alignment), states),
    pairFrequencies: fillEmpty(pairFrequencies, block),
  };
}

const NO_FIELDS = new Float64Array(0);

/** plmc writes flat frequencies for columns, and pairs of columns, of gaps only. */
function fillEmpty<T extends Float32Array | Float64Array>(frequencies: T, size: number): T {
  for (let start = 0; start < frequencies.length; start += size) {
    const row = frequencies.subarray(start, start + size);
    if (row.every((frequency) => frequency === 0)) row.fill(1 / size);
  }
  return frequencies;
}

function checkLength(name: string, values: { readonly length: number }, length: number): void {
  if (values.length !== length)
    throw new DataError(
      `writePottsModelFile (plmc): ${name} must have ${length} entries to fit the model, got ${values.length}. ` +
        'Give metadata.letters, one for each state, and the alignment that the model is of.',
    );
}
