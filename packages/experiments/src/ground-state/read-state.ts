import type { Rng } from '@spinformer/numerics';
import { dispose, treeFromPlain } from '@spinformer/tensor';
import {
  exactCorrelations,
  exactMarshallSign,
  type Lattice,
  measureState,
  type StructureFactorPoint,
  structureFactor,
  type TransformerParameters,
} from '@spinformer/transformer-vqs';
import type { OptimizedWave } from '../shared/magnets/optimize-phase.ts';
import { groundState, isExact, referenceEnergy } from '../shared/magnets/reference-energy.ts';
import type { GroundStateConfig } from './ground-state-config.ts';
import {
  type ExactReading,
  groundStateWave,
  type MeasuredReading,
  magnetAt,
} from './ground-state-products.ts';

/** The exact ground state at one coupling, or its energy alone where it is too large. */
export function readExact(config: GroundStateConfig, j2: number): ExactReading {
  if (!isExact(config)) return { energyPerSite: referenceEnergy(config, j2), reading: null };
  const hamiltonian = magnetAt(config, j2);
  const ground = groundState(hamiltonian);
  const amplitudes = ground.amplitudes();
  const points = structureFactor(
    hamiltonian.lattice,
    exactCorrelations(hamiltonian, ground.basis, amplitudes),
  );
  const peaks = peaksOf(hamiltonian.lattice, points);
  const energyPerSite = ground.energiesPerSite[0];
  return {
    energyPerSite,
    reading: {
      ...{
        energyPerSite,
        energyError: 0,
        neel: peaks.neel,
        neelError: 0,
        stripe: peaks.stripe,
        stripeError: 0,
      },
      marshallSign: exactMarshallSign(hamiltonian, ground.basis, amplitudes),
      marshallSignError: 0,
    },
  };
}

/** The same of an optimised state. */
export async function readState(
  config: GroundStateConfig,
  j2: number,
  { parameters: plain }: OptimizedWave,
  rng: Rng,
): Promise<MeasuredReading> {
  const hamiltonian = magnetAt(config, j2);
  const parameters = treeFromPlain(plain) as TransformerParameters;
  const {
    energy,
    vScore,
    marshallSign,
    structureFactor: points,
  } = await measureState(hamiltonian, groundStateWave(config), parameters, {
    rng,
    samples: config.samples === 0 ? 'all' : config.finalSamples,
  });
  dispose(parameters);
  const value = peaksOf(hamiltonian.lattice, points);
  const error = peaksOf(
    hamiltonian.lattice,
    points.map((point) => ({ ...point, value: point.standardError })),
  );
  return {
    vScore,
    reading: {
      ...{ energyPerSite: energy.mean, energyError: energy.standardError },
      ...{ neel: value.neel, neelError: error.neel, stripe: value.stripe, stripeError: error.stripe },
      marshallSign: marshallSign!.mean,
      marshallSignError: marshallSign!.standardError,
    },
  };
}

/** The peaks of Néel and of stripe order (of four-site order on a chain). */
function peaksOf({ shape }: Lattice, points: readonly StructureFactorPoint[]) {
  const at = (kx: number, ky: number) => points.find((point) => point.kx === kx && point.ky === ky)!.value;
  if (shape.length === 1) return { neel: at(shape[0] / 2, 0), stripe: at(Math.round(shape[0] / 4), 0) };
  const [height, width] = shape;
  return {
    neel: at(width / 2, height / 2),
    stripe: (at(width / 2, 0) + at(0, height / 2)) / 2,
  };
}
