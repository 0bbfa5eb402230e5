import type { Finding } from '../experiment.ts';
import type { FamilyResult, Precision } from './family-result.ts';

/**
 * What the study of a family says, most important first.
 *
 * @param result what the run found
 */
export function familyFindings(result: FamilyResult): readonly Finding[] {
  return [
    ...precision(result),
    strongest(result),
    data(result),
    ...attention(result),
    ...result.warnings.map((text) => ({ text, values: {} })),
  ];
}

function precision({
  precision: found,
  guessing,
  contactRule,
  minimumSeparation,
  sites,
}: FamilyResult): Finding[] {
  if (!found || guessing === undefined) return [];
  const best = found['L/5'] ?? found.L;
  return [
    {
      text:
        `Of the strongest L/5, L/2 and L pairs (L = ${sites}, at least ${minimumSeparation} apart) ${shares(found)} ` +
        `touch, ${contactRule}; guessing would find ${percent(guessing)}.`,
      values: { ...numbers(found), guessing },
      ...(best !== null && { met: best > 2 * guessing }),
    },
  ];
}

function strongest({ contacts }: FamilyResult): Finding {
  const list = contacts
    .slice(0, 5)
    .map(({ firstName, secondName, score }) => `${firstName}–${secondName} (${score.toFixed(2)})`);
  return {
    text: `Most strongly coupled pairs: ${list.join(', ')}.`,
    values: contacts.length > 0 ? { strongestScore: contacts[0].score } : {},
  };
}

function data({ source, sequences, effectiveSequences, sites, states, objective }: FamilyResult): Finding {
  const what =
    source === 'alignment' ? 'The alignment' : 'The synthetic hairpin family (no alignment was given)';
  return {
    text:
      `${what} has ${sequences} sequences, which count as ${effectiveSequences.toFixed(1)}, of ${sites} sites and ` +
      `${states} letters. The pseudo-likelihood objective ends at ${objective.toFixed(1)} nats.`,
    values: { sequences, effectiveSequences, sites, states, objective },
  };
}

function attention({ attentionLoss, attentionPrecision, mapCorrelation }: FamilyResult): Finding[] {
  if (attentionLoss === undefined || mapCorrelation === undefined) return [];
  const compared = attentionPrecision
    ? `, ${shares(attentionPrecision)} of its strongest L/5, L/2 and L pairs touch`
    : '';
  return [
    {
      text:
        `A layer of attention trained on the same family ends at a loss of ${attentionLoss.toFixed(3)} nats per site${compared}; ` +
        `its map correlates with the couplings' at ${mapCorrelation.toFixed(2)}.`,
      values: {
        attentionLoss,
        mapCorrelation,
        ...(attentionPrecision && prefixed(numbers(attentionPrecision))),
      },
    },
  ];
}

function shares(precision: Precision): string {
  return [precision['L/5'], precision['L/2'], precision.L]
    .map((share) => (share === null ? '–' : percent(share)))
    .join(', ');
}

function numbers(precision: Precision): Record<string, number> {
  return Object.fromEntries(
    Object.entries(precision).flatMap(([name, share]) =>
      share === null ? [] : [[`precision ${name}`, share]],
    ),
  );
}

function prefixed(values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`attention ${name}`, value]));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
