import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { csv } from '../figures/csv.ts';
import { renderPng } from '../figures/render-png.ts';
import { renderSvg } from '../figures/render-svg.ts';
import { type RunDirectory, toJson } from '../run/run-directory.ts';
import type { RenderedFigure, RenderedSection, ReportSection } from './report.ts';

const place = (id: string) => `artifacts/${id}.json`;

/**
 * Draws a section's figures into the run's artifacts (SVG, PNG, CSV, JSON) and writes the section itself as
 * artifacts/<id>.json, last, so that its presence says that all of it is there.
 */
export async function renderSection(run: RunDirectory, section: ReportSection): Promise<RenderedSection> {
  const figures: RenderedFigure[] = [];
  for (const figure of section.figures) {
    const file = `artifacts/${section.id}-${figure.id}`;
    const svg = await renderSvg(figure);
    run.write(`${file}.svg`, svg);
    run.write(`${file}.png`, await renderPng(svg));
    run.write(`${file}.csv`, csv(figure.table));
    run.write(`${file}.json`, toJson(figure.table));
    figures.push({ id: figure.id, title: figure.title, caption: figure.caption, file });
  }
  const rendered = { ...section, figures };
  run.write(place(section.id), toJson(rendered));
  return rendered;
}

/** A section that an earlier part of this run has rendered; undefined where it has not. */
export function renderedSection(run: RunDirectory, id: string): RenderedSection | undefined {
  if (!run.has(place(id))) return undefined;
  return JSON.parse(readFileSync(join(run.path, place(id)), 'utf8')) as RenderedSection;
}
