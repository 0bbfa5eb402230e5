/** A label at the right edge of a line. */
export interface EdgeLabel {
  /** Where its line ends, in units of the axis. */
  readonly y: number;
  readonly text: string;
  readonly colour: string;
}

/**
 * Moves labels apart until none stands on another.
 *
 * @param labels any order
 * @param gap least distance, in units of the axis, or as a factor on a logarithmic one
 * @param logarithmic whether the axis is
 * @returns the labels with the height `at` at which to write them, lowest first
 */
export function spreadLabels(
  labels: readonly EdgeLabel[],
  gap: number,
  logarithmic = false,
): (EdgeLabel & { readonly at: number })[] {
  let floor = -Infinity;
  return [...labels]
    .sort((a, b) => a.y - b.y)
    .map((label) => {
      const at = Math.max(label.y, floor);
      floor = logarithmic ? at * gap : at + gap;
      return { ...label, at };
    });
}

/**
 * Writes labels to the right of the frame, each with a thin leader to the end of its line.
 *
 * @param plot the Observable Plot module
 * @param labels from {@link spreadLabels}
 * @param edge where lines end and where labels begin, in units of the axis
 * @returns marks
 */
export function edgeLabelMarks(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  labels: readonly (EdgeLabel & { readonly at: number })[],
  edge: { readonly from: number; readonly to: number },
): unknown[] {
  return [
    plot.link(labels, {
      ...{ x1: () => edge.from, x2: () => edge.to, y1: 'y', y2: 'at' },
      ...{ stroke: 'colour', strokeWidth: 0.8 },
    }),
    plot.text(labels, {
      ...{ x: () => edge.to, y: 'at', text: 'text', fill: 'colour' },
      ...{ textAnchor: 'start', dx: 5, fontWeight: 600 },
    }),
  ];
}
