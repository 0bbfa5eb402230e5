import type { Figure } from '../../experiment.ts';
import { palette } from '../../shared/palette.ts';
import type { GroundStateResult, StateReading } from '../ground-state-result.ts';
import { type ObservableRow, observableOptions } from './observable-figure.ts';

/** Peaks of the structure factor, and the Marshall sign, against J2. */
export function orderFigures(result: GroundStateResult): Figure[] {
  return [peaksFigure(result), signFigure(result)];
}

function peaksFigure(result: GroundStateResult): Figure {
  const { magnet, lattice } = result;
  const chain = lattice === 'chain';
  const [neel, stripe] = chain
    ? ['Néel, S(π)', 'period four, S(π/2)']
    : ['Néel, S(π, π)', 'stripes, S(π, 0)'];
  const table = [
    ...rowsOf(result, neel, (state) => [state.neel, state.neelError]),
    ...rowsOf(result, stripe, (state) => [state.stripe, state.stripeError]),
  ];
  return {
    id: 'structure-factor',
    title: chain ? 'How the chain orders' : 'From Néel order to stripes',
    caption:
      `Peaks of the spin structure factor S(k) per site of the ${magnet} against J2: exact (dashed lines) and of the network ` +
      `(dots)${chain ? '.' : '; S(π, 0) is averaged with S(0, π).'}`,
    table,
    options: (plot) =>
      observableOptions(plot, table, 'structure factor per site', {
        [neel]: palette.attention,
        [stripe]: palette.pseudolikelihood,
      }),
  };
}

function signFigure(result: GroundStateResult): Figure {
  const { magnet } = result;
  const name = 'Marshall sign';
  const table = rowsOf(result, name, (state) => [state.marshallSign, state.marshallSignError]);
  return {
    id: 'marshall-sign',
    title: 'How well Marshall’s rule describes the signs',
    caption:
      `Σ|ψ|²·sign·Marshall’s sign of the ${magnet} against J2, 1 where the rule holds everywhere: exact (dashed line) and of ` +
      'the network (dots).',
    table,
    options: (plot) => observableOptions(plot, table, 'average sign', { [name]: palette.maxEntropy }),
  };
}

function rowsOf(
  { points, curve }: GroundStateResult,
  observable: string,
  read: (state: StateReading) => readonly [value: number, standardError: number],
): ObservableRow[] {
  const row = (state: ObservableRow['state'], j2: number, reading: StateReading): ObservableRow => {
    const [value, standardError] = read(reading);
    return { observable, state, j2, value, standardError };
  };
  return [
    ...curve.map(({ j2, exact }) => row('exact', j2, exact)),
    ...points.map(({ j2, found }) => row('network', j2, found)),
  ];
}
