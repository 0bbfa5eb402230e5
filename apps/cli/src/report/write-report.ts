import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Report } from './report.ts';
import { reportHtml } from './report-html.ts';

/** Larger pictures would make the page slow: they come as PNG. */
const LARGEST_SVG = 400_000;

/** Writes artifacts/report.html: one file with everything inside, to be opened, sent or kept. */
export async function writeReport(run: RunDirectory, report: Report): Promise<void> {
  const picture = (file: string) => {
    const svg = readFileSync(join(run.path, `${file}.svg`), 'utf8');
    if (svg.length <= LARGEST_SVG) return svg;
    const png = readFileSync(join(run.path, `${file}.png`)).toString('base64');
    return `<img class="raster" alt="" src="data:image/png;base64,${png}">`;
  };
  const table = (file: string) => JSON.parse(readFileSync(join(run.path, `${file}.json`), 'utf8'));
  run.write('artifacts/report.html', reportHtml(report, run.record, { picture, table }));
}
