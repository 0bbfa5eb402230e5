export * from './contracts.ts';
export * from './errors.ts';
export { philox4x32 } from './random/philox.ts';
export { restoreRng, seededRng } from './random/rng.ts';
export * from './rng-contract.ts';
