import type { Figure } from '@spinformer/experiments';
import { writeAtomically } from '../run/atomic-write.ts';
import { csv } from './csv.ts';
import { renderPng } from './render-png.ts';
import { renderSvg } from './render-svg.ts';

/**
 * Writes a figure as SVG and PNG with its numbers as CSV.
 * @param file the path without its ending
 * @returns the files
 */
export async function writeFigure(file: string, figure: Figure): Promise<string[]> {
  const svg = await renderSvg(figure);
  writeAtomically(`${file}.svg`, svg);
  writeAtomically(`${file}.png`, await renderPng(svg));
  writeAtomically(`${file}.csv`, csv(figure.table));
  return ['svg', 'png', 'csv'].map((ending) => `${file}.${ending}`);
}
