/** One line of a figure's key. */
export interface KeyEntry {
  readonly label: string;
  readonly colour: string;
}

/**
 * A key inside the frame, one coloured line of text per series: no separate legend element, so that a figure stays
 * one SVG.
 *
 * @param plot the Observable Plot module
 * @param entries the series, top to bottom
 * @param anchor the corner of the frame
 * @returns text marks
 */
export function keyMarks(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  entries: readonly KeyEntry[],
  anchor: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right' = 'top-left',
): unknown[] {
  const left = anchor.endsWith('left');
  const top = anchor.startsWith('top');
  return entries.map(({ label, colour }, index) =>
    plot.text([label], {
      text: (line: string) => line,
      frameAnchor: anchor,
      textAnchor: left ? 'start' : 'end',
      dx: left ? 10 : -10,
      dy: top ? 10 + 17 * index : -10 - 17 * (entries.length - 1 - index),
      fill: colour,
      fontWeight: 600,
    }),
  );
}

/**
 * The same as one row above the frame, for figures whose corners hold data. Wants a `marginTop` of 24 px per row.
 *
 * @param plot the Observable Plot module
 * @param entries the series, left to right
 * @param row 0 is the row next to the frame
 * @param channels more options of the marks, such as the facet in which the key stands
 * @returns text marks
 */
export function keyRow(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  entries: readonly KeyEntry[],
  row = 0,
  channels: object = {},
): unknown[] {
  let left = 0;
  return entries.map(({ label, colour }) => {
    const dx = left;
    left += label.length * LETTER_WIDTH + 18;
    return plot.text([label], {
      ...channels,
      text: (line: string) => line,
      frameAnchor: 'top-left',
      textAnchor: 'start',
      dx,
      dy: -18 - 18 * row,
      fill: colour,
      fontWeight: 600,
    });
  });
}

/** Average width of a letter of the 12 px bold face, px. */
const LETTER_WIDTH = 6.4;
