import type { Figure } from '../experiment.ts';
import { agreementFigure } from './figures/agreement-figure.ts';
import { architecturesFigure } from './figures/architectures-figure.ts';
import { epochsFigure } from './figures/epochs-figure.ts';
import { mapsFigure } from './figures/maps-figure.ts';
import { samplesFigure } from './figures/samples-figure.ts';
import type { MappingResult } from './mapping-result.ts';

/**
 * The figures of the study of the mapping.
 *
 * @param result what the run found
 * @returns test loss against epochs, excess per architecture and against the number of samples, attention maps beside
 *   |J|, and agreement head by head
 */
export function mappingFigures(result: MappingResult): readonly Figure[] {
  return [
    epochsFigure(result),
    architecturesFigure(result),
    samplesFigure(result),
    mapsFigure(result),
    agreementFigure(result),
  ];
}
