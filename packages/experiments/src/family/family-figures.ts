import type { Figure } from '../experiment.ts';
import { frame } from '../shared/figures/frame.ts';
import { keyRow } from '../shared/figures/key.ts';
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

interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
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
    options: (plot) =>
      mapOptions(plot, result, [
        ...greyContacts(plot, result),
        points(
          plot,
          strongest.flatMap((contact) => place(contact, known ? 'above' : 'both')),
        ),
        ...keyRow(plot, keyEntries(known)),
      ]),
  };
}

function attentionMap(result: FamilyResult, attention: readonly FoundContact[]): Figure {
  const above = result.contacts.slice(0, result.sites);
  const below = attention.slice(0, result.sites);
  const known = result.trueContacts !== undefined;
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
      mapOptions(plot, result, [
        ...greyContacts(plot, result),
        points(
          plot,
          above.flatMap((contact) => place(contact, 'above')),
        ),
        points(
          plot,
          below.flatMap((contact) => place(contact, 'below')),
        ),
        ...keyRow(plot, keyEntries(known)),
        ...keyRow(plot, [{ label: 'Above: pseudo-likelihood. Below: attention.', colour: '#555' }], 1),
      ]),
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
  const table = [...curve].map((precision, index) => ({ pairs: index + 1, precision }));
  const marks = [5, 2, 1].map((part) => ({
    at: Math.max(1, Math.floor(result.sites / part)),
    label: part === 1 ? 'L' : `L/${part}`,
  }));
  return {
    id: 'precision',
    title: 'How many of the strongest pairs are contacts',
    caption: 'Share of true contacts among the strongest pairs; the dashed line is what guessing would give.',
    table,
    options: (plot) => ({
      ...frame,
      width: 620,
      height: 380,
      x: {
        type: 'log',
        label: 'pairs counted',
        labelAnchor: 'center',
        labelArrow: 'none',
        tickFormat: 'd',
        ticks: 5,
      },
      y: {
        label: 'share that are contacts',
        labelAnchor: 'center',
        labelArrow: 'none',
        domain: [0, 1],
        tickFormat: '.0%',
        grid: true,
      },
      marks: [
        plot.ruleY([result.guessing ?? 0], { stroke: palette.independent, strokeDasharray: '5 4' }),
        plot.ruleX(marks, { x: 'at', stroke: '#ddd' }),
        plot.text(marks, { x: 'at', text: 'label', frameAnchor: 'top', dy: -14, fill: '#777' }),
        plot.line(table, { x: 'pairs', y: 'precision', stroke: palette.pseudolikelihood, strokeWidth: 2 }),
      ],
    }),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function mapOptions(plot: any, { sites }: FamilyResult, marks: unknown[]): Record<string, unknown> {
  const side = 560;
  return {
    ...frame,
    width: side + frame.marginLeft + frame.marginRight,
    height: side + 56 + frame.marginBottom,
    marginTop: 56,
    x: { label: 'site i', labelAnchor: 'center', labelArrow: 'none', domain: [0, sites + 1] },
    y: { label: 'site j', labelAnchor: 'center', labelArrow: 'none', domain: [0, sites + 1] },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.link([0], { x1: 0, y1: 0, x2: sites + 1, y2: sites + 1, stroke: '#ccc' }),
      ...marks,
    ],
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function greyContacts(plot: any, { trueContacts, sites }: FamilyResult): unknown[] {
  if (!trueContacts) return [];
  const squares = Array.from({ length: trueContacts.length / 2 }, (_, k) => [
    trueContacts[2 * k] + 1,
    trueContacts[2 * k + 1] + 1,
  ]);
  const both = squares.flatMap(([i, j]) => [
    { x: i, y: j },
    { x: j, y: i },
  ]);
  const side = Math.max(2, 0.95 * (560 / (sites + 1)));
  return [plot.dot(both, { x: 'x', y: 'y', symbol: 'square', fill: palette.muted, r: side / 2 })];
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function points(plot: any, data: readonly MapPoint[]): unknown {
  return plot.dot(data, { x: 'x', y: 'y', fill: 'colour', r: 2.8 });
}

function place(contact: FoundContact, side: 'above' | 'below' | 'both'): MapPoint[] {
  const colour = colourOf(contact);
  const above = { x: contact.i + 1, y: contact.j + 1, colour };
  const below = { x: contact.j + 1, y: contact.i + 1, colour };
  return side === 'both' ? [above, below] : [side === 'above' ? above : below];
}

function colourOf({ contact }: FoundContact): string {
  return contact === false ? palette.pseudolikelihood : palette.attention;
}

function keyEntries(known: boolean): { label: string; colour: string }[] {
  if (!known) return [];
  return [
    { label: 'strong pair that touches', colour: palette.attention },
    { label: 'strong pair that does not', colour: palette.pseudolikelihood },
    { label: 'contact in the structure', colour: '#8a8a8a' },
  ];
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
