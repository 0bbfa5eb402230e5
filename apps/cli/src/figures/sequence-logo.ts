/** Letters of one site with their shares. */
export interface LogoColumn {
  /** What stands below: the site's number. */
  readonly label: string;
  /** Shares in 0…1; what is missing to 1 is gaps. */
  readonly letters: readonly { readonly letter: string; readonly share: number }[];
  /** Height of the whole stack, bits. */
  readonly bits: number;
}

/** Where a logo stands, px. */
export interface LogoBox {
  readonly left: number;
  readonly top: number;
  readonly columnWidth: number;
  readonly height: number;
  /** Bits that fill the height. */
  readonly most: number;
}

/** What we use of the document that a picture is drawn in. */
export interface DrawingDocument {
  createElementNS(namespace: string, name: string): DrawnElement;
}

/** What we use of an element of the picture. */
export interface DrawnElement {
  textContent: string | null;
  setAttribute(name: string, value: string): void;
  appendChild(child: DrawnElement): unknown;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
/** Height of a capital of the font, as a share of its size. */
const CAPITAL = 0.66;
/** Widths of capitals as shares of the font size, where they are far from that of most. */
const WIDTH: Readonly<Record<string, number>> = {
  I: 0.4,
  J: 0.49,
  M: 0.75,
  N: 0.66,
  O: 0.67,
  Q: 0.67,
  W: 0.8,
};
const USUAL_WIDTH = 0.58;
/** Lower letters are not drawn: nobody could read them. */
const LEAST_HEIGHT = 1.5;

/**
 * Letters stacked by their shares, the most frequent on top, each stretched to its share of the stack's height.
 * @returns a group for one row of the logo
 */
export function logoRow(
  document: DrawingDocument,
  columns: readonly LogoColumn[],
  box: LogoBox,
): DrawnElement {
  const group = document.createElementNS(NAMESPACE, 'g');
  for (const mark of scaleOf(document, box)) group.appendChild(mark);
  columns.forEach((column, k) => {
    const left = box.left + k * box.columnWidth;
    for (const letter of stackOf(document, column, { ...box, left })) group.appendChild(letter);
    group.appendChild(
      textAt(document, column.label, {
        transform: `translate(${left + box.columnWidth / 2},${box.top + box.height + 13})`,
        'font-size': '10',
        'text-anchor': 'middle',
        fill: '#555',
      }),
    );
  });
  return group;
}

/** The two ends of the scale, to the left of the first letter. */
function scaleOf(document: DrawingDocument, { left, top, height, most }: LogoBox): DrawnElement[] {
  return [0, most].map((bits) =>
    textAt(document, bits === 0 ? '0' : `${bits} bits`, {
      transform: `translate(${left - 6},${top + height * (1 - bits / most) + 4})`,
      'font-size': '10',
      'text-anchor': 'end',
      fill: '#777',
    }),
  );
}

function stackOf(document: DrawingDocument, column: LogoColumn, box: LogoBox): DrawnElement[] {
  const rising = [...column.letters].sort((a, b) => a.share - b.share);
  const scale = (box.height * column.bits) / box.most;
  let base = box.top + box.height;
  return rising.flatMap(({ letter, share }) => {
    const height = share * scale;
    const bottom = base;
    base -= height;
    if (height < LEAST_HEIGHT) return [];
    const across = (0.94 * box.columnWidth) / (WIDTH[letter] ?? USUAL_WIDTH);
    const up = (0.97 * height) / CAPITAL;
    return textAt(document, letter, {
      transform: `translate(${fixed(box.left + box.columnWidth / 2)},${fixed(bottom)}) scale(${fixed(across)},${fixed(up)})`,
      'font-size': '1',
      'font-weight': '600',
      'text-anchor': 'middle',
      fill: letterColour(letter),
    });
  });
}

function fixed(value: number): string {
  return value.toFixed(3);
}

function textAt(
  document: DrawingDocument,
  text: string,
  attributes: Readonly<Record<string, string>>,
): DrawnElement {
  const element = document.createElementNS(NAMESPACE, 'text');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Amino acids by their chemistry, bases each its own, in colours that all can tell apart. */
const COLOURS: readonly (readonly [string, string])[] = [
  ['DE', '#d55e00'],
  ['KR', '#0072b2'],
  ['H', '#56b4e9'],
  ['STNQ', '#009e73'],
  ['CG', '#e69f00'],
  ['P', '#cc79a7'],
  ['FWY', '#5b3a8c'],
  ['U', '#d55e00'],
];

function letterColour(letter: string): string {
  return COLOURS.find(([letters]) => letters.includes(letter))?.[1] ?? '#333';
}

/**
 * The columns of a logo from frequencies: heights are Schneider's information, log2 of the number of letters less the
 * entropy, scaled by the share that is no gap.
 * @param frequencies [sites, states]
 * @param letters one per state
 */
export function logoColumns(
  frequencies: Float64Array,
  letters: string,
  labels: readonly string[],
): LogoColumn[] {
  const states = letters.length;
  const gap = letters.search(/[-.]/);
  return labels.map((label, site) => {
    const shares = frequencies.subarray(site * states, (site + 1) * states);
    const present = [...letters]
      .map((letter, a) => ({ letter, share: shares[a] }))
      .filter((_, a) => a !== gap);
    const total = present.reduce((sum, { share }) => sum + share, 0);
    if (total === 0) return { label, letters: [], bits: 0 };
    const relative = present.map(({ letter, share }) => ({ letter, share: share / total }));
    const entropy = relative.reduce((sum, { share }) => sum - (share > 0 ? share * Math.log2(share) : 0), 0);
    return { label, letters: relative, bits: total * (Math.log2(present.length) - entropy) };
  });
}
