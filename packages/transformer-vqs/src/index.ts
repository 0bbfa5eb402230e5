export type { Bond, Lattice } from './lattice.ts';
export type { SpinBond, SpinHamiltonian } from './spin-hamiltonian.ts';
export type { AmplitudeEvaluator, ComplexRows, WaveFunction } from './wave-function.ts';
