import type { Figure } from '../experiment.ts';
import { energyFigure } from './figures/energy-figure.ts';
import { errorFigure } from './figures/error-figure.ts';
import { orderFigures } from './figures/order-figures.ts';
import { tuningFigures } from './figures/tuning-figures.ts';
import type { GroundStateResult } from './ground-state-result.ts';

/**
 * The figures of the study of ground states.
 *
 * @param result what the run found
 * @returns energy and its error against J2, structure factor, Marshall sign, fine-tuning
 */
export function groundStateFigures(result: GroundStateResult): readonly Figure[] {
  return [energyFigure(result), errorFigure(result), ...orderFigures(result), ...tuningFigures(result)];
}
