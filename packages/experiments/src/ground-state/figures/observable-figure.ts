import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';

/** A number of the exact states (line) and of the network (dots) against J2. */
export interface ObservableRow {
  readonly [key: string]: number | string;
  readonly observable: string;
  readonly state: 'exact' | 'network';
  readonly j2: number;
  readonly value: number;
  readonly standardError: number;
}

/**
 * Observables against J2, exact ones as lines, those of the network as dots with two standard errors.
 *
 * @param colours by observable
 * @returns the options for `plot.plot`
 */
export function observableOptions(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  rows: readonly ObservableRow[],
  label: string,
  colours: Readonly<Record<string, string>>,
) {
  const exact = rows.filter(({ state }) => state === 'exact');
  const found = rows.filter(({ state }) => state === 'network');
  const colour = ({ observable }: ObservableRow) => colours[observable];
  return {
    ...{ ...frame, width: 720, height: 380, marginTop: 46 },
    x: { label: 'J2 / J1', labelAnchor: 'center', labelArrow: 'none', inset: 8 },
    y: { label, labelAnchor: 'center', labelArrow: 'none', grid: true, zero: true },
    marks: [
      plot.ruleY([0]),
      plot.line(exact, {
        ...{ x: 'j2', y: 'value', z: 'observable', sort: 'j2', stroke: colour, strokeDasharray: '6 4' },
      }),
      plot.ruleX(found, {
        x: 'j2',
        y1: ({ value, standardError }: ObservableRow) => value - 2 * standardError,
        y2: ({ value, standardError }: ObservableRow) => value + 2 * standardError,
        stroke: colour,
      }),
      plot.dot(found, { x: 'j2', y: 'value', fill: colour, r: 4.5 }),
      ...keyRow(
        plot,
        Object.entries(colours).map(([name, value]) => ({ label: name, colour: value })),
      ),
    ],
  };
}
