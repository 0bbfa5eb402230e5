import type { GeneralizedPottsModel } from '../generalized.ts';

/** Which parts of a generalised Potts model are free, and where they stand in a vector of parameters. */
export interface GeneralizedLayout {
  readonly sites: number;
  readonly states: number;
  readonly heads: number;
  /** J_ij = J_ji shared. */
  readonly symmetric: boolean;
  /** Whether U is among the parameters; otherwise it is this one, [heads, states, states]. */
  readonly fixedColours: Float64Array | undefined;
  readonly freeFields: boolean;
}

/** Number of free site couplings, colour couplings and fields. */
export function parameterCounts(layout: GeneralizedLayout): { site: number; colour: number; field: number } {
  const { sites, states, heads } = layout;
  const pairs = sites * (sites - 1);
  return {
    site: heads * (layout.symmetric ? pairs / 2 : pairs),
    colour: layout.fixedColours ? 0 : heads * states * states,
    field: layout.freeFields ? sites * states : 0,
  };
}

/** The model at a vector of parameters. */
export function unpackModel(layout: GeneralizedLayout, parameters: Float64Array): GeneralizedPottsModel {
  const { sites, states, heads, fixedColours, freeFields } = layout;
  const { site, colour } = parameterCounts(layout);
  const siteCouplings = new Float64Array(heads * sites * sites);
  forEachCoupling(layout, (parameter, coupling) => {
    siteCouplings[coupling] = parameters[parameter];
  });
  const colourCouplings = fixedColours?.slice() ?? parameters.slice(site, site + colour);
  const fields = freeFields ? parameters.slice(site + colour) : new Float64Array(sites * states);
  return { sites, states, heads, siteCouplings, colourCouplings, fields };
}

/** Derivatives by the parts of a model, gathered into one by the parameters. */
export function packGradient(
  layout: GeneralizedLayout,
  parts: Pick<GeneralizedPottsModel, 'siteCouplings' | 'colourCouplings' | 'fields'>,
  gradient: Float64Array,
): void {
  const { site, colour } = parameterCounts(layout);
  gradient.fill(0);
  forEachCoupling(layout, (parameter, coupling) => {
    gradient[parameter] += parts.siteCouplings[coupling];
  });
  if (!layout.fixedColours) gradient.set(parts.colourCouplings, site);
  if (layout.freeFields) gradient.set(parts.fields, site + colour);
}

/** Every off-diagonal J_ij of every head with its parameter; a symmetric pair names the same one twice. */
function forEachCoupling(
  { sites, heads, symmetric }: GeneralizedLayout,
  visit: (parameter: number, coupling: number) => void,
): void {
  let parameter = 0;
  for (let h = 0; h < heads; h++)
    for (let i = 0; i < sites; i++)
      for (let j = symmetric ? i + 1 : 0; j < sites; j++) {
        if (i === j) continue;
        visit(parameter, (h * sites + i) * sites + j);
        if (symmetric) visit(parameter, (h * sites + j) * sites + i);
        parameter++;
      }
}
