export * from './alignment.ts';
export { alignSequences, readAlignment, readAlignmentBytes } from './alignment-read.ts';
export { type Alphabet, type AlphabetName, alphabet, guessAlphabet } from './alphabet.ts';
export { energy, energyDifferences } from './energy.ts';
export { readText } from './formats/bytes.ts';
export type { AlignmentFormat } from './formats/detect.ts';
export { type Gauge, toLatticeGasGauge, toZeroSumGauge } from './gauge.ts';
export { checkModel, type PottsModel, pottsModel } from './model.ts';
