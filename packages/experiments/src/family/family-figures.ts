import type { Figure } from '../experiment.ts';
import { type ContactMap, contactMapPlot, type MapPair } from '../shared/figures/contact-map.ts';
import { frame } from '../shared/figures/frame.ts';
import { precisionPlot, precisionTable } from '../shared/figures/precision-plot.ts';
import { palette } from '../shared/palette.ts';
import type { FamilyResult, FoundContact } from './family-result.ts';

/**
 * The figures of the study of a family.
 *
 * @param result what the run found
 * @returns the contact map; with attention, the two methods' maps beside each other; with a structure, the precision
 *   against the number of pairs
 */
export function familyFigures(result: FamilyResult): readonly Figure[] {
  const figures = [contactMap(result), topContacts(result)];
  if (result.attentionContacts) figures.push(attentionMap(result, result.attentionContacts));
  if (result.precisionCurve) figures.push(precisionCurve(result, result.precisionCurve));
  return figures;
}

function contactMap(result: FamilyResult): Figure {
  const strongest = result.contacts.slice(0, result.sites);
  const known = result.trueContacts !== undefined;
  const table = strongest.map(contactRow);
  return {
    id: 'contact-map',
    title: known ? 'Predicted contacts and those of the structure' : 'Predicted contacts',
    caption:
      `The ${strongest.length} most strongly coupled pairs at least ${result.minimumSeparation} sites apart` +
      (known
        ? ', above the diagonal over the true contacts in grey; below the diagonal the true contacts alone.'
        : ', on both sides of the diagonal.'),
    table,
    options: (plot) => contactMapPlot(plot, { ...mapGround(result), above: strongest.map(mapPair) }),
  };
}

function attentionMap(result: FamilyResult, attention: readonly FoundContact[]): Figure {
  const above = result.contacts.slice(0, result.sites);
  const below = attention.slice(0, result.sites);
  return {
    id: 'attention-map',
    title: 'Attention against pairwise couplings',
    caption:
      'The strongest pairs of the pseudo-likelihood couplings (above the diagonal) and of the attention layer with ' +
      'several heads (below), both corrected for the average product.',
    table: [
      ...above.map((contact) => ({ method: 'pseudo-likelihood', ...contactRow(contact) })),
      ...below.map((contact) => ({ method: 'attention', ...contactRow(contact) })),
    ],
    options: (plot) =>
      contactMapPlot(plot, {
        ...mapGround(result),
        above: above.map(mapPair),
        below: below.map(mapPair),
        note: 'Above: pseudo-likelihood. Below: attention.',
      }),
  };
}

function topContacts(result: FamilyResult): Figure {
  const table = result.contacts.slice(0, result.listed).map(contactRow);
  const rows = result.contacts.slice(0, result.listed).map((contact) => ({
    pair: `${contact.firstName} – ${contact.secondName}`,
    score: contact.score,
    colour: colourOf(contact),
  }));
  return {
    id: 'top-contacts',
    title: 'Strongest pairs',
    caption: 'Frobenius norm of the couplings in zero-sum gauge, corrected for the average product.',
    table,
    options: (plot) => ({
      ...frame,
      width: 560,
      height: 70 + 18 * rows.length,
      marginLeft: 120,
      x: { label: 'contact score (nats)', labelAnchor: 'center', labelArrow: 'none', grid: true },
      y: { label: null, domain: rows.map(({ pair }) => pair), padding: 0.2 },
      marks: [plot.barX(rows, { x: 'score', y: 'pair', fill: 'colour' }), plot.ruleX([0])],
    }),
  };
}

function precisionCurve(result: FamilyResult, curve: Float64Array): Figure {
  const series = [{ label: 'pseudo-likelihood', colour: palette.pseudolikelihood, curve }];
  return {
    id: 'precision',
    title: 'How many of the strongest pairs are contacts',
    caption: 'Share of true contacts among the strongest pairs; the dashed line is what guessing would give.',
    table: precisionTable(series),
    options: (plot) => precisionPlot(plot, series, { sites: result.sites, guessing: result.guessing ?? 0 }),
  };
}

/** What is behind the points of a map. */
function mapGround({ sites, trueContacts }: FamilyResult): Pick<ContactMap, 'range' | 'truth'> {
  if (!trueContacts) return { range: [1, sites] };
  const truth = Array.from(
    { length: trueContacts.length / 2 },
    (_, k) => [trueContacts[2 * k] + 1, trueContacts[2 * k + 1] + 1] as const,
  );
  return { range: [1, sites], truth };
}

function mapPair({ i, j, contact }: FoundContact): MapPair {
  return { i: i + 1, j: j + 1, ...(contact !== undefined && { touches: contact }) };
}

function colourOf({ contact }: FoundContact): string {
  return contact === false ? palette.pseudolikelihood : palette.attention;
}

function contactRow(contact: FoundContact): Record<string, number | string> {
  return {
    i: contact.i + 1,
    j: contact.j + 1,
    first: contact.firstName,
    second: contact.secondName,
    score: contact.score,
    ...(contact.distance !== undefined && { distance: contact.distance }),
    ...(contact.contact !== undefined && { contact: contact.contact ? 'yes' : 'no' }),
  };
}
