import type { Figure } from '@spinformer/experiments';

/** What we use of a linkedom element. */
interface Drawn {
  readonly tagName: string;
  readonly textContent: string;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelectorAll(selector: string): Iterable<Drawn>;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const LEGEND_HEIGHT = 26;

/**
 * Draws a figure as a self-standing SVG document, in Node, without a browser. Legends that Plot makes beside the
 * picture are put above it.
 */
export async function renderSvg(figure: Figure): Promise<string> {
  const [Plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const options = figure.options(Plot);
  const node = Plot.plot({ ...options, document: document as unknown as Document }) as unknown as Drawn;
  if (node.tagName.toLowerCase() === 'svg') return standalone(node, figure);
  return stack([...node.querySelectorAll(':scope > svg')], swatches(node), figure);
}

function standalone(svg: Drawn, figure: Figure): string {
  svg.setAttribute('xmlns', NAMESPACE);
  return label(closeVoids(svg.outerHTML), figure);
}

/** Several pictures, the legends first, in one. */
function stack(pictures: readonly Drawn[], legend: readonly Swatch[], figure: Figure): string {
  const sizes = pictures.map((svg) => [
    Number(svg.getAttribute('width')),
    Number(svg.getAttribute('height')),
  ]);
  const width = Math.max(...sizes.map(([w]) => w));
  let top = legend.length > 0 ? LEGEND_HEIGHT : 0;
  const parts = legend.length > 0 ? [drawSwatches(legend)] : [];
  pictures.forEach((svg, k) => {
    svg.setAttribute('y', String(top));
    top += sizes[k][1];
    parts.push(closeVoids(svg.outerHTML));
  });
  const head = `<svg xmlns="${NAMESPACE}" width="${width}" height="${top}" viewBox="0 0 ${width} ${top}" fill="currentColor" font-family="system-ui, sans-serif" font-size="10">`;
  return label(`${head}${parts.join('')}</svg>`, figure);
}

interface Swatch {
  readonly color: string;
  readonly text: string;
}

function swatches(node: Drawn): Swatch[] {
  return [...node.querySelectorAll('span')]
    .map((span) => ({ svg: [...span.querySelectorAll('svg')][0], text: span.textContent.trim() }))
    .filter(({ svg }) => svg !== undefined)
    .map(({ svg, text }) => ({ color: svg.getAttribute('fill') ?? 'currentColor', text }));
}

function drawSwatches(legend: readonly Swatch[]): string {
  let left = 4;
  const parts = legend.map(({ color, text }) => {
    const at = left;
    left += 30 + 6 * text.length;
    return `<rect x="${at}" y="5" width="12" height="12" fill="${color}"/><text x="${at + 17}" y="15">${escapeXml(text)}</text>`;
  });
  return `<g font-family="system-ui, sans-serif" font-size="11">${parts.join('')}</g>`;
}

/** The picture's title for those who do not see it; and no XML without a name space. */
function label(svg: string, figure: Figure): string {
  const title = `<title>${escapeXml(figure.title)}</title>`;
  return svg.replace(/^<svg([^>]*)>/, (_, attributes: string) => `<svg role="img"${attributes}>${title}`);
}

/** linkedom writes some SVG elements without closing them, as HTML would. */
function closeVoids(markup: string): string {
  return markup.replaceAll('&nbsp;', '&#160;');
}

/** Text as it may stand in XML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
