import type { OptionTable } from '../spec/option-spec.ts';

/** How sequences are weighed. */
export const weightOptions = {
  weights: {
    type: 'string',
    value: 'RULE|FILE',
    defaultText: "plmc, or the peer's of --like",
    group: 'Sequence weights',
    description:
      'Whose rule says which sequences are neighbours at the boundary: plmc, evcouplings, gremlin, ccmpred, plmdca, adabmdca, eve; henikoff (by position) or none; or a file with one weight a line, as plmc writes it.',
  },
  identity: {
    type: 'number',
    value: 'SHARE',
    words: ['auto'],
    minimum: 0,
    maximum: 1,
    exclusive: true,
    defaultText: "0.8, or the peer's of --like",
    group: 'Sequence weights',
    description:
      'Sequences that agree in at least this share of sites are neighbours; a weight is 1/neighbours. plmc -t 0.2 is 0.8 here; 1: only equal ones; auto: as PlmDCA.jl chooses it.',
  },
} as const satisfies OptionTable;
