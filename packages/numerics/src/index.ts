export * from './contracts.ts';
export * from './errors.ts';
export * from './rng-contract.ts';
