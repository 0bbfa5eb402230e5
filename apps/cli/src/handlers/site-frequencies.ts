import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawConfigurations, oneSiteFrequencies, sequenceWeightsFast } from '@spinformer/potts';
import { prepareRuntime, rngOf } from '../compute/prepare-compute.ts';
import type { FoundModel } from '../models/potts-file.ts';
import type { CommandContext } from '../spec/command-context.ts';
import { readSequencesFor } from './model-sequences.ts';

/** Where a run keeps how often each letter stands at each site. */
export const FREQUENCIES_ARTIFACT = 'artifacts/site-frequencies.csv';

/** How often each state is found at each site. */
export interface SiteFrequencies {
  /** [sites, states], in 0…1. */
  readonly values: Float64Array;
  /** In words, for a caption. */
  readonly source: string;
}

/** Sequences drawn where no alignment is known, and sweeps of each chain. */
const DRAWN = 2000;
const SWEEPS = 200;

/** Frequencies of letters: from an alignment, from what the run kept, or from sequences drawn from the model. */
export async function siteFrequencies(
  context: CommandContext,
  found: FoundModel,
  alignment: string | undefined,
): Promise<SiteFrequencies> {
  const runtime = await prepareRuntime(context);
  if (alignment !== undefined) {
    const sequences = await readSequencesFor(context, found, alignment);
    const weights = sequenceWeightsFast(sequences, { runtime });
    return {
      values: oneSiteFrequencies({ ...sequences, weights }),
      source: `weighted frequencies in ${alignment}`,
    };
  }
  const kept = found.run && join(found.run, FREQUENCIES_ARTIFACT);
  if (kept && existsSync(kept))
    return {
      values: parse(readFileSync(kept, 'utf8'), found),
      source: 'weighted frequencies in the alignment',
    };
  context.terminal.note('No alignment is known: counting the letters of sequences drawn from the model');
  const rng = (await rngOf(context)).fork('frequencies');
  const drawn = await drawConfigurations(found.model, { chains: DRAWN, sweeps: SWEEPS, rng, runtime });
  return { values: oneSiteFrequencies(drawn), source: `frequencies in ${DRAWN} sequences of the model` };
}

/** The table that {@link siteFrequencies} reads again: one row a site, one column a letter. */
export function frequencyTable(
  frequencies: Float64Array,
  letters: string,
  siteNumbers: Int32Array,
): Record<string, number>[] {
  return Array.from(siteNumbers, (site, i) => ({
    site,
    ...Object.fromEntries(
      [...letters].map((letter, a) => [`f_${letter}`, frequencies[i * letters.length + a]]),
    ),
  }));
}

function parse(text: string, { model }: FoundModel): Float64Array {
  const rows = text.trim().split('\n').slice(1);
  return Float64Array.from(rows.flatMap((row) => row.split(',').slice(1).map(Number))).subarray(
    0,
    model.sites * model.states,
  );
}
