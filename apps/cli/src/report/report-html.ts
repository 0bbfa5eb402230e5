import { escapeXml } from '../figures/render-svg.ts';
import { bibliography, formatReference } from '../run/citations.ts';
import { shellWord } from '../run/program-name.ts';
import type { RunRecord } from '../run/run-record.ts';
import { duration } from '../terminal/duration.ts';
import { formatNumber } from './format-number.ts';
import { proseHtml } from './prose-html.ts';
import type { RenderedFigure, RenderedSection, Report } from './report.ts';
import { reportStyle } from './report-style.ts';

/** Where the page gets a figure's picture (markup) and table from. */
export interface FigureSource {
  picture(file: string): string;
  table(file: string): readonly Readonly<Record<string, number | string>>[];
}

/** Rows of a figure's table that the page shows; the CSV file has all. */
const SHOWN_ROWS = 40;

/** The report as one HTML document that needs nothing else. */
export function reportHtml(report: Report, record: RunRecord, source: FigureSource): string {
  const sections = report.sections.map((section) => sectionHtml(section, source, report.sections.length > 1));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(report.title)} · spinformer</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<header>
<p class="kicker">spinformer ${escapeXml(record.command)}</p>
<h1>${proseHtml(report.title)}</h1>
<p class="headline">${proseHtml(report.headline)}</p>
${report.introduction.map((paragraph) => `<p class="lead">${proseHtml(paragraph)}</p>`).join('\n')}
</header>
${sections.join('\n')}
${reproduceHtml(record)}
${citationsHtml(record.citations)}
</main>
</body>
</html>
`;
}

function sectionHtml(section: RenderedSection, source: FigureSource, hasTitle: boolean): string {
  const claim = section.claim ? `<p class="claim"><span>Claim</span> ${proseHtml(section.claim)}</p>` : '';
  return `<section id="${escapeXml(section.id)}">
${hasTitle ? `<h2>${escapeXml(section.title)}</h2>` : ''}
${claim}
${findingsHtml(section)}
${section.figures.map((figure) => figureHtml(figure, source)).join('\n')}
${numbersHtml(section)}
</section>`;
}

function findingsHtml({ findings }: RenderedSection): string {
  if (findings.length === 0) return '';
  const rows = findings.map(({ text, met }) => {
    const [kind, mark, word] =
      met === undefined
        ? ['plain', '·', '']
        : met
          ? ['met', '✓', 'Target met: ']
          : ['unmet', '✗', 'Target not met: '];
    const hidden = word ? `<span class="unseen">${word}</span>` : '';
    return `<li class="${kind}"><span class="mark" aria-hidden="true">${mark}</span><span>${hidden}${proseHtml(text)}</span></li>`;
  });
  return `<ul class="findings">\n${rows.join('\n')}\n</ul>`;
}

function figureHtml(figure: RenderedFigure, source: FigureSource): string {
  const table = source.table(figure.file);
  return `<figure>
<h3>${proseHtml(figure.title)}</h3>
<div class="picture">${uniqueClasses(source.picture(figure.file), figure.file)}</div>
<figcaption>${proseHtml(figure.caption)}</figcaption>
${table.length > 0 ? tableHtml(table, figure.file) : ''}
</figure>`;
}

/** Plot gives every picture of the same kind the same class: styles of one must not reach another. */
function uniqueClasses(svg: string, file: string): string {
  return svg.replaceAll(/\bplot-([0-9a-f]{6})\b/g, `plot-$1-${file.replaceAll(/\W/g, '-')}`);
}

function tableHtml(table: readonly Readonly<Record<string, number | string>>[], file: string): string {
  const columns = [...new Set(table.slice(0, SHOWN_ROWS).flatMap((row) => Object.keys(row)))];
  const rows = table
    .slice(0, SHOWN_ROWS)
    .map((row) => `<tr>${columns.map((column) => cell(row[column])).join('')}</tr>`);
  const rest = table.length > SHOWN_ROWS ? `The first ${SHOWN_ROWS} of ${table.length} rows. ` : '';
  return `<details><summary>The numbers</summary>
<div class="scroll"><table><thead><tr>${columns.map((column) => `<th>${escapeXml(column)}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div>
<p class="small">${rest}All of it: <code>${escapeXml(file)}.csv</code></p></details>`;
}

function cell(value: number | string | undefined): string {
  if (typeof value === 'number') return `<td class="number">${formatNumber(value)}</td>`;
  return `<td>${escapeXml(value ?? '')}</td>`;
}

function numbersHtml({ numbers }: RenderedSection): string {
  if (numbers.length === 0) return '';
  const rows = numbers.map(({ name, value, unit }) => {
    const unitText = unit ? ` <span class="unit">${escapeXml(unit)}</span>` : '';
    return `<tr><th scope="row">${escapeXml(name)}</th><td class="number">${typeof value === 'number' ? formatNumber(value) : escapeXml(value)}${unitText}</td></tr>`;
  });
  return `<table class="numbers"><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function reproduceHtml(record: RunRecord): string {
  const command = ['spinformer', ...record.words.map(shellWord)].join(' ');
  const versions = Object.entries(record.versions).map(([name, version]) => `${name} ${version}`);
  const machine = `${record.machine.processor}, ${record.machine.cores} cores, ${record.machine.platform}`;
  const rows: readonly (readonly [string, string])[] = [
    ['Seed', record.seed],
    ['Backend', record.backend],
    ['Time', `${duration(record.seconds)}, begun ${record.started.replace('T', ' ').slice(0, 16)} UTC`],
    ['Machine', machine],
    ['Versions', versions.join(', ')],
  ];
  return `<section class="reproduce"><h2>How to get this again</h2>
<pre><code>${escapeXml(command)}</code></pre>
<p class="small">The folder of this report holds <code>config.json</code> with every setting; <code>${escapeXml(`spinformer ${record.command} --config config.json`)}</code> gives the same bytes on the same backend.</p>
<table class="numbers"><tbody>${rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${escapeXml(value)}</td></tr>`).join('')}</tbody></table></section>`;
}

function citationsHtml(keys: readonly string[]): string {
  const known = bibliography();
  const entries = keys.flatMap((key) => known.get(key) ?? []);
  if (entries.length === 0) return '';
  const items = entries.map((entry) => {
    const doi = entry.fields.doi ? ` <a href="https://doi.org/${escapeXml(entry.fields.doi)}">doi</a>` : '';
    return `<li>${escapeXml(formatReference(entry))}${doi}</li>`;
  });
  return `<section><h2>What this rests on</h2><ol class="references">${items.join('\n')}</ol></section>`;
}
