import type { InferMethod, MethodName } from './infer-method.ts';

/** Every method of `potts infer`, loaded when it is asked for. */
export const inferMethods: Readonly<Record<MethodName, () => Promise<InferMethod>>> = {
  plm: async () => (await import('./infer-pseudolikelihood.ts')).inferPseudolikelihood('plm'),
  'plm-asymmetric': async () =>
    (await import('./infer-pseudolikelihood.ts')).inferPseudolikelihood('plm-asymmetric'),
};
