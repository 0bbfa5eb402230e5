import {
  contactThreshold,
  mapSites,
  readDistanceTable,
  readStructure,
  readText,
  residueDistances,
} from '@spinformer/potts';
import type { structureOptions } from '../commands/contact-options.ts';
import { InputError } from '../errors/input-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { FoundModel } from '../models/potts-file.ts';
import { readInput } from '../run/read-input.ts';
import type { CommandContext } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';

/** How far the sites are from one another. */
export interface KnownDistances {
  /** [sites, sites], Å; NaN where unknown. */
  readonly distances: Float64Array;
  /** Å: closer pairs touch. */
  readonly threshold: number;
}

type Options = OptionValues<typeof structureOptions>;

/**
 * Distances between a model's sites, from --structure or --distances; undefined where neither is given.
 * @throws {UsageError} where both are
 */
export async function knownDistances(
  context: CommandContext,
  found: FoundModel,
  options: Options,
): Promise<KnownDistances | undefined> {
  const { structure, distances, chain, contact } = options;
  if (structure !== undefined && distances !== undefined)
    throw new UsageError('--structure and --distances say the same thing twice: give one of them.');
  if (chain !== undefined && structure === undefined)
    throw new UsageError('--chain names a chain of --structure FILE, which is missing.');
  const threshold = contactThreshold(contact);
  if (distances !== undefined) {
    const { bytes } = await readInput(context, 'distances', distances);
    return { distances: readDistanceTable(await readText(bytes), found.model.sites), threshold };
  }
  if (structure === undefined) return undefined;
  return { distances: await fromStructure(context, found, { structure, chain, contact }), threshold };
}

async function fromStructure(
  context: CommandContext,
  found: FoundModel,
  { structure, chain, contact }: { structure: string } & Pick<Options, 'chain' | 'contact'>,
): Promise<Float64Array> {
  const input = await readInput(context, 'structure', structure);
  const mapping = mapSites(
    readStructure(await readText(input.bytes)),
    { letters: found.reference ?? consensus(found), residueNumbers: found.siteNumbers },
    chain === undefined ? {} : { chain },
  );
  context.terminal.note(
    `Chain ${mapping.chain.id || '(unnamed)'}: ${mapping.covered} of ${found.model.sites} sites found by ${mapping.method}, ${(100 * mapping.identity).toFixed(0)} % of the letters agree`,
  );
  return residueDistances(mapping.residues, contact);
}

/** The likeliest letter of each site by its fields, for a model without a focus sequence. */
function consensus({ model, letters, file }: FoundModel): string {
  if (letters === undefined)
    throw new InputError(`${file} says nothing of its letters, so its sites cannot be found in a structure.`);
  return Array.from({ length: model.sites }, (_, i) => {
    const fields = model.fields.subarray(i * model.states, (i + 1) * model.states);
    return letters[fields.indexOf(Math.max(...fields))];
  }).join('');
}

/** Pairs of site numbers that touch. */
export function touchingPairs(
  { distances, threshold }: KnownDistances,
  siteNumbers: Int32Array,
): (readonly [number, number])[] {
  const sites = siteNumbers.length;
  const pairs: [number, number][] = [];
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      if (distances[i * sites + j] < threshold) pairs.push([siteNumbers[i], siteNumbers[j]]);
  return pairs;
}

/** Share of the ranked pairs of known distance that touch: what guessing gives. */
export function guessingPrecision(curve: Float64Array): number {
  return curve.at(-1) ?? 0;
}
