import { seededRng } from '@spinformer/numerics';
import { dispose, treeLeaves } from '@spinformer/tensor';
import { magnetName } from '../shared/magnets/magnet-settings.ts';
import { CURVE_COLUMNS, type OptimizedWave } from '../shared/magnets/optimize-phase.ts';
import type { GroundStateConfig } from './ground-state-config.ts';
import {
  curveCouplings,
  type GroundStateProducts,
  groundStateWave,
  tunings,
} from './ground-state-products.ts';
import type { CouplingPoint, ExactPoint, GroundStateResult, TunedState } from './ground-state-result.ts';

/** Turns what the phases made into the study's result. */
export function summarizeGroundState(
  products: GroundStateProducts,
  config: GroundStateConfig,
): GroundStateResult {
  const { lattice, couplings, steps, tuneFrom, tuneSteps } = config;
  const { parameterCount } = groundStateWave(config);
  return {
    ...{ magnet: magnetName(config), lattice, steps, tuneFrom, tuneSteps, parameters: parameterCount },
    headParameters: headParameters(config),
    points: couplings.map((_, index) => pointOf(products, config, index)),
    curve: exactCurve(products, config),
    tuned: tunings(config).map((_, index) => tunedState(products, config, index)),
    warnings: [
      ...unfinished(products.states, (index) => `J2 = ${couplings[index]}`),
      ...unfinished(products.tuned ?? [], (index) => {
        const { j2, part } = tunings(config)[index];
        return `The state carried to J2 = ${j2} (${part})`;
      }),
    ],
  };
}

/** Exact states at the couplings of the run and between them, ascending. */
function exactCurve({ exact, curve = [] }: GroundStateProducts, config: GroundStateConfig): ExactPoint[] {
  const between = curveCouplings(config).map((j2, k) => ({ j2, exact: curve[k]?.reading }));
  const own = config.couplings.map((j2, k) => ({ j2, exact: exact[k].reading }));
  return [...own, ...between.filter(({ j2 }) => !config.couplings.includes(j2))]
    .flatMap((point) => (point.exact ? [{ j2: point.j2, exact: point.exact }] : []))
    .sort((a, b) => a.j2 - b.j2);
}

function pointOf(
  { exact, states, measured }: GroundStateProducts,
  { couplings }: GroundStateConfig,
  index: number,
): CouplingPoint {
  const { energyPerSite, reading } = exact[index];
  const { reading: found, vScore } = measured[index];
  return {
    ...{ j2: couplings[index], exactEnergy: energyPerSite, found, vScore, curve: states[index].curve },
    ...(reading && { exact: reading }),
    relativeError: (found.energyPerSite - energyPerSite) / Math.abs(energyPerSite),
  };
}

function tunedState(
  { exact, states, tuned }: GroundStateProducts,
  config: GroundStateConfig,
  index: number,
): TunedState {
  const { j2, part } = tunings(config)[index];
  const at = config.couplings.indexOf(j2);
  const energy = exact[at].energyPerSite;
  const { curve } = tuned[index];
  const relative = (value: number) => (value - energy) / Math.abs(energy);
  const same = Math.min(config.tuneSteps, states[at].curve.length / CURVE_COLUMNS - 1);
  return {
    ...{ j2, part, curve },
    before: relative(curve[1]),
    after: relative(curve[curve.length - CURVE_COLUMNS + 1]),
    scratch: relative(states[at].curve[same * CURVE_COLUMNS + 1]),
    error: curve[curve.length - CURVE_COLUMNS + 2] / Math.abs(energy),
  };
}

/** Parameters outside of embedding and layers. */
function headParameters(config: GroundStateConfig): number {
  const wave = groundStateWave(config);
  const { embed: _, layers: __, ...head } = wave.init(seededRng(0));
  const count = treeLeaves(head as never).reduce((sum, leaf) => sum + leaf.size, 0);
  dispose(head as never);
  return count;
}

function unfinished(waves: readonly OptimizedWave[], name: (index: number) => string): string[] {
  return waves.flatMap(({ status, remedy }, index) =>
    status === 'step-limit' || status === 'converged' ? [] : [`${name(index)} ended as ${status}. ${remedy}`],
  );
}
