import type { AlignmentOptions } from '@spinformer/potts';

/**
 * plmc's conventions: gaps are missing data (its -g), a sequence with a foreign letter anywhere is left out, columns of
 * gaps only stay, sequences that agree in at least 80 % of the sites are neighbours (its -t 0.2), λ_h = 0.01 and
 * λ_J = 100 unless said (its -lh, -le), both added to the summed negative log-pseudo-likelihood.
 * @source hopf2017mutation
 */
export const likePlmc = {
  alignment: {
    gaps: 'ignore',
    invalid: 'drop',
    invalidColumns: 'all',
    emptyColumns: 'keep',
  } satisfies AlignmentOptions,
  method: 'plm',
  fieldPenalty: 0.01,
  couplingPenalty: 100,
} as const;
