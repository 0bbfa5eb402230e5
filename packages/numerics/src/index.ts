export * from './contracts.ts';
export * from './errors.ts';
export { decodeCheckpoint, encodeCheckpoint } from './files/checkpoint.ts';
export { type NumericArray, type NumericData, toFloat64 } from './files/numeric-array.ts';
export { decodeSafetensors, encodeSafetensors, type Safetensors } from './files/safetensors.ts';
export { philox4x32 } from './random/philox.ts';
export { restoreRng, seededRng } from './random/rng.ts';
export * from './rng-contract.ts';
