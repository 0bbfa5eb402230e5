import type { Figure, Finding } from '@spinformer/experiments';

/** A report as it is printed: what was found first, how to get it again last. */
export interface Report {
  readonly title: string;
  /** The finding that matters most, as one sentence. */
  readonly headline: string;
  /** What this is about, for somebody who reads only this page; one paragraph each. */
  readonly introduction: readonly string[];
  readonly sections: readonly RenderedSection[];
}

/** One part of a report before its pictures are drawn. */
export interface ReportSection {
  /** Kebab-case; the files of its figures begin with it. */
  readonly id: string;
  readonly title: string;
  readonly claim?: string;
  readonly findings: readonly Finding[];
  readonly figures: readonly Figure[];
  /** Numbers for a table. */
  readonly numbers: readonly ReportNumber[];
}

export interface ReportNumber {
  readonly name: string;
  readonly value: number | string;
  readonly unit?: string;
}

/** One part of a report with its pictures drawn: plain data, so that a resumed run can take it up again. */
export interface RenderedSection extends Omit<ReportSection, 'figures'> {
  readonly figures: readonly RenderedFigure[];
}

export interface RenderedFigure {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Path of its files in the run directory, without their endings (.svg, .png, .csv, .json). */
  readonly file: string;
}
