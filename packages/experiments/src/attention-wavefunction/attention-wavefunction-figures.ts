import type { Figure } from '../experiment.ts';
import type { AttentionWavefunctionResult } from './attention-wavefunction-result.ts';
import { dependenceFigures } from './figures/dependence-figure.ts';
import { energyFigure } from './figures/energy-figure.ts';
import { errorFigure } from './figures/error-figure.ts';
import { freezeFigures } from './figures/freeze-figure.ts';
import { mapsFigures } from './figures/maps-figures.ts';
import { priceFigure } from './figures/price-figure.ts';

/**
 * The figures of the study of attention in wave functions.
 *
 * @param result what the run found
 * @returns energy and its error against steps, errors beside costs, R against steps, the freeze test, attention maps
 */
export function attentionWavefunctionFigures(result: AttentionWavefunctionResult): readonly Figure[] {
  return [
    energyFigure(result),
    errorFigure(result),
    priceFigure(result),
    ...dependenceFigures(result),
    ...freezeFigures(result),
    ...mapsFigures(result),
  ];
}
