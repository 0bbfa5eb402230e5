import {
  type Alignment,
  contactScores,
  contactTable,
  describeAlignment,
  effectiveSequences,
  encodePottsModel,
  oneSiteFrequencies,
  type PottsFileFormat,
  rankContacts,
  writePottsModelFile,
} from '@spinformer/potts';
import { contactMap } from '../figures/contact-figures.ts';
import { csv } from '../figures/csv.ts';
import { courseFigure } from '../figures/training-figure.ts';
import { MODEL_FILES } from '../models/model-formats.ts';
import { gapStateOf, MODEL_ARTIFACT, siteNumbersOf } from '../models/potts-file.ts';
import { formatNumber } from '../report/format-number.ts';
import { renderSection } from '../report/render-section.ts';
import type { ReportNumber, ReportSection } from '../report/report.ts';
import { runReference } from '../run/program-name.ts';
import { readMetrics, thinOut } from '../run/read-metrics.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { plainNumber } from '../terminal/plain-number.ts';
import { pairTable } from '../terminal/text-table.ts';
import type { InferTick, MethodPlan } from './infer/infer-method.ts';
import { FREQUENCIES_ARTIFACT, frequencyTable } from './site-frequencies.ts';

/** Separation along the sequence below which pairs are not listed in the report. */
const MINIMUM_SEPARATION = 6;

interface Inference {
  readonly last: InferTick;
  /** Of the method. */
  readonly name: string;
  readonly method: MethodPlan;
  /** In which the model is written for other programs. */
  readonly formats: readonly PottsFileFormat[];
  readonly run: RunDirectory;
  readonly alignment: Alignment;
  readonly weights: Float64Array;
}

/** Writes the model, the ranked pairs and the report of an inference. */
export async function concludeInference(inference: Inference): Promise<Conclusion> {
  const { last, run, alignment, weights, method, name, formats } = inference;
  const model = last.model;
  if (!model) throw new Error('the inference ended without a model');
  const { letters } = alignment;
  const notes = {
    method: name,
    ...Object.fromEntries(Object.entries(method.solver).map(([key, value]) => [key, String(value)])),
    ...method.notes,
  };
  const description = { ...describeAlignment(alignment), notes };
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
  for (const [file, bytes] of Object.entries(method.artifacts?.() ?? {})) run.write(file, bytes);
  for (const format of formats)
    run.write(
      `artifacts/${MODEL_FILES[format]}`,
      writePottsModelFile(model, format, {
        letters,
        description,
        offsets: siteNumbers,
        alignment: { ...alignment, weights },
      }),
    );
  const effective = effectiveSequences(weights);
  const results = method.results(last);
  const numbers = [
    ...results,
    { key: 'sequences', name: 'Sequences', value: alignment.samples },
    { key: 'effectiveSequences', name: 'Effective sequences', value: effective },
    { key: 'sites', name: 'Sites', value: model.sites },
    { key: 'states', name: 'States', value: model.states },
  ];
  const result = { method: name, ...Object.fromEntries(numbers.map(({ key, value }) => [key, value])) };
  const section = await renderSection(run, describe(inference, numbers, rows));
  return {
    result,
    report: {
      title: 'Couplings of a family of sequences',
      headline: `${count(alignment.samples)} sequences, worth ${Math.round(effective)} independent ones, determine ${count((model.sites * (model.sites - 1)) / 2)} pairs of sites; the strongest coupled is ${rows[0] ? nameOf(rows[0]) : 'none'}.`,
      introduction: [
        'A Potts model gives every sequence a probability from a field for each site and a coupling for each pair of sites. Strong couplings tell which sites must change together: in a folded molecule, mostly those that touch.',
      ],
      sections: [section],
    },
    table: pairTable([
      ['method', name],
      ...numbers.map(({ name, value, unit }) => {
        const text = typeof value === 'number' ? plainNumber(value) : value;
        return [name.toLowerCase(), unit ? `${text} ${unit}` : text] as const;
      }),
      ['letters', letters],
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
  { run, alignment, last, method }: Inference,
  results: readonly ReportNumber[],
  rows: ReturnType<typeof contactTable>,
): ReportSection {
  const siteNumbers = siteNumbersOf(alignment, alignment.sites);
  const { metric, ...course } = method.course;
  const points = thinOut(readMetrics(run.path), 400).map((line) => ({
    step: line.step,
    value: line[metric],
    series: metric,
  }));
  const [first] = results;
  return {
    id: 'inference',
    title: 'Inference',
    findings: [
      {
        text:
          last.status === 'converged'
            ? `Converged after ${last.step} steps. ${first.name}: ${[typeof first.value === 'number' ? formatNumber(first.value) : first.value, first.unit].filter(Boolean).join(' ')}.`
            : `The computation ended with status ${last.status}. ${last.remedy ?? ''}`,
        values: {},
        ...(last.status === 'converged' ? {} : { met: false }),
      },
    ],
    figures: [
      contactMap({
        rows,
        range: [siteNumbers[0], siteNumbers[siteNumbers.length - 1]],
        minimumSeparation: MINIMUM_SEPARATION,
        count: alignment.sites,
      }),
      courseFigure({ points, ...course }),
    ],
    numbers: [...results, { name: 'Letters', value: alignment.letters }],
  };
}
