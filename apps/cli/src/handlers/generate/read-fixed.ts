import { fixedSites } from '@spinformer/potts';
import { UsageError } from '../../errors/usage-error.ts';
import type { FoundModel } from '../../models/potts-file.ts';

/**
 * The sites of --fixed: `V13,G121`, or a template with `?` where sites are free.
 * @returns states by sites
 * @throws {UsageError} for sites or letters that the model does not have
 */
export function readFixed(text: string | undefined, found: FoundModel): Map<number, number> {
  if (text === undefined) return new Map();
  const { letters, model } = found;
  if (letters === undefined)
    throw new UsageError(`--fixed names letters, and ${found.file} says nothing of its states.`);
  if (!/\d/.test(text)) return fixedSites(text, { sites: model.sites, letters });
  const fixed = new Map<number, number>();
  for (const word of text.split(',')) {
    const [, letter, number] = /^\s*([^\d\s-]|-(?=\d))(-?\d+)\s*$/.exec(word) ?? [];
    if (letter === undefined) throw new UsageError(`--fixed: write V13,G121, got ${JSON.stringify(word)}.`);
    const site = found.siteNumbers.indexOf(Number(number));
    if (site < 0)
      throw new UsageError(
        `--fixed ${word}: the model has no site ${number}; its sites run from ${found.siteNumbers[0]} to ${found.siteNumbers[model.sites - 1]}.`,
      );
    const state = letters.indexOf(letter);
    if (state < 0)
      throw new UsageError(`--fixed ${word}: ${letter} is none of the model's letters ${letters}.`);
    fixed.set(site, state);
  }
  return fixed;
}
