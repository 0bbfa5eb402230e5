import {
  type Alignment,
  contactScores,
  contactTable,
  describeAlignment,
  effectiveSequences,
  encodePottsModel,
  type InferenceTick,
  oneSiteFrequencies,
  rankContacts,
} from '@spinformer/potts';
import { contactMap } from '../figures/contact-figures.ts';
import { csv } from '../figures/csv.ts';
import { courseFigure } from '../figures/training-figure.ts';
import { gapStateOf, MODEL_ARTIFACT, siteNumbersOf } from '../models/potts-file.ts';
import { renderSection } from '../report/render-section.ts';
import type { ReportSection } from '../report/report.ts';
import { runReference } from '../run/program-name.ts';
import { readMetrics, thinOut } from '../run/read-metrics.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { pairTable } from '../terminal/text-table.ts';
import { FREQUENCIES_ARTIFACT, frequencyTable } from './site-frequencies.ts';

/** Separation along the sequence below which pairs are not listed in the report. */
const MINIMUM_SEPARATION = 6;

interface Inference {
  readonly last: InferenceTick;
  readonly run: RunDirectory;
  readonly alignment: Alignment;
  readonly weights: Float64Array;
}

/** Writes the model, the ranked pairs and the report of an inference. */
export async function concludeInference(inference: Inference): Promise<Conclusion> {
  const { last, run, alignment, weights } = inference;
  const model = last.model;
  if (!model) throw new Error('the inference ended without a model');
  const { letters } = alignment;
  const description = describeAlignment(alignment);
  const siteNumbers = siteNumbersOf(description, model.sites);
  const reference = description.reference?.letters ?? description.consensus;
  run.write(MODEL_ARTIFACT, encodePottsModel(model, description));
  const scores = contactScores(model, { withoutState: gapStateOf(letters) });
  const ranked = rankContacts(scores, {
    minimumSeparation: Math.min(MINIMUM_SEPARATION, Math.floor(model.sites / 4) + 1),
    residueNumbers: siteNumbers,
  });
  const rows = contactTable(ranked, { residueNumbers: siteNumbers, letters: reference });
  const frequencies = oneSiteFrequencies({ ...alignment, weights });
  run.write(FREQUENCIES_ARTIFACT, csv(frequencyTable(frequencies, letters, siteNumbers)));
  run.write('artifacts/coupled-pairs.csv', csv(rows.map((row) => ({ ...row }))));
  const result = {
    objective: last.metrics.objective,
    evaluations: last.metrics.evaluations,
    sequences: alignment.samples,
    effectiveSequences: effectiveSequences(weights),
    sites: model.sites,
    states: model.states,
  };
  const section = await renderSection(run, describe(inference, result, rows));
  return {
    result,
    report: {
      title: 'Couplings of a family of sequences',
      headline: `${count(alignment.samples)} sequences, worth ${Math.round(result.effectiveSequences)} independent ones, determine ${count((model.sites * (model.sites - 1)) / 2)} pairs of sites; the strongest coupled is ${rows[0] ? nameOf(rows[0]) : 'none'}.`,
      introduction: [
        'A Potts model gives every sequence a probability from a field for each site and a coupling for each pair of sites. Strong couplings tell which sites must change together: in a folded molecule, mostly those that touch.',
      ],
      sections: [section],
    },
    table: pairTable([
      ['objective', `${result.objective.toFixed(2)} nats`],
      ['evaluations', result.evaluations],
      ['sequences', result.sequences],
      ['effective sequences', result.effectiveSequences.toFixed(1)],
      ['sites', result.sites],
      ['states', `${result.states} (${letters})`],
    ]),
    next: [`potts contacts ${runReference(run.path)}`],
  };
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}

function nameOf(row: { i: number; j: number; letterI: string; letterJ: string }): string {
  const name = (letter: string, number: number) => (letter === '-' ? `${number}` : `${letter}${number}`);
  return `${name(row.letterI, row.i)} with ${name(row.letterJ, row.j)}`;
}

function describe(
  { run, alignment, last }: Inference,
  result: Readonly<Record<string, number>>,
  rows: ReturnType<typeof contactTable>,
): ReportSection {
  const numbers = siteNumbersOf(alignment, alignment.sites);
  const points = thinOut(readMetrics(run.path), 400).map(({ step, objective }) => ({
    step,
    value: objective,
    series: 'objective',
  }));
  return {
    id: 'inference',
    title: 'Inference',
    findings: [
      {
        text:
          last.status === 'converged'
            ? `The objective has converged to ${result.objective.toFixed(1)} nats after ${last.step} steps.`
            : `The computation ended with status ${last.status}. ${last.remedy ?? ''}`,
        values: {},
        ...(last.status === 'converged' ? {} : { met: false }),
      },
    ],
    figures: [
      contactMap({
        rows,
        range: [numbers[0], numbers[numbers.length - 1]],
        minimumSeparation: MINIMUM_SEPARATION,
        count: alignment.sites,
      }),
      courseFigure({
        points,
        title: 'How the objective fell',
        caption:
          'Negative log-pseudo-likelihood with its penalties, summed over weighted sequences and sites.',
        label: 'objective (nats)',
      }),
    ],
    numbers: [
      { name: 'Objective', value: result.objective, unit: 'nats' },
      { name: 'Evaluations of the objective', value: result.evaluations },
      { name: 'Sequences', value: result.sequences },
      { name: 'Effective sequences', value: result.effectiveSequences },
      { name: 'Sites', value: result.sites },
      { name: 'States', value: `${result.states} (${alignment.letters})` },
    ],
  };
}
