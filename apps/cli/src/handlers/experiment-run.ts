import type { AnyExperiment, ExperimentTick, Finding } from '@spinformer/experiments';
import type { PlainData } from '@spinformer/numerics';
import type { ReportSection } from '../report/report.ts';

/** A tick of an experiment whose types nobody needs to know: the shell only passes them through. */
export type AnyTick = ExperimentTick<PlainData, unknown>;

/** What an experiment's result says, as a section of a report. */
export function experimentSection(experiment: AnyExperiment, result: unknown): ReportSection {
  const findings = experiment.findings(result);
  return {
    id: experiment.id,
    title: experiment.title,
    claim: experiment.claim,
    findings,
    figures: experiment.figures(result),
    numbers: numbersOf(findings),
  };
}

/** The numbers of all findings under readable names. */
function numbersOf(findings: readonly Finding[]): { name: string; value: number }[] {
  const entries = findings.flatMap(({ values }) => Object.entries(values));
  return [...new Map(entries)].map(([name, value]) => ({ name: spell(name), value }));
}

function spell(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])|([a-zA-Z])(\d)/g, '$1$3 $2$4').toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
}

/** The finding that matters most: the first. */
export function headlineOf(findings: readonly Finding[], fallback: string): string {
  return findings[0]?.text ?? fallback;
}

/** Findings as lines for a terminal. */
export function findingLines(findings: readonly Finding[]): string {
  return findings.map(({ text, met }) => `  ${met === undefined ? '·' : met ? '✓' : '✗'} ${text}`).join('\n');
}
