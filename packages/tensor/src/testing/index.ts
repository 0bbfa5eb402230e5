export { noise } from '../noise.ts';
export { checkGradient } from './check-gradient.ts';
export { conformanceSuite, type TestHooks } from './conformance-suite.ts';
export { expectClose } from './expect-close.ts';
export { GRADIENT_CASES, type GradientCase } from './gradient-cases.ts';
export { leakCheck } from './leak-check.ts';
