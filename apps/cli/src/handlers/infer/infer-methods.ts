import type { InferMethod, MethodName } from './infer-method.ts';

const pseudolikelihood = () => import('./infer-pseudolikelihood.ts');
const closedForm = () => import('./infer-closed-form.ts');

/** Every method of `potts infer`, loaded when it is asked for. */
export const inferMethods: Readonly<Record<MethodName, () => Promise<InferMethod>>> = {
  plm: async () => (await pseudolikelihood()).inferPseudolikelihood('plm'),
  'plm-asymmetric': async () => (await pseudolikelihood()).inferPseudolikelihood('plm-asymmetric'),
  'mean-field': async () => (await closedForm()).inferClosedForm('mean-field'),
  gaussian: async () => (await closedForm()).inferClosedForm('gaussian'),
  autoregressive: async () => (await import('./infer-autoregressive.ts')).autoregressiveMethod,
  'factored-attention': async () => (await import('./infer-factored-attention.ts')).inferFactoredAttention,
  boltzmann: async () => (await import('./infer-boltzmann.ts')).inferBoltzmannMachine,
};
