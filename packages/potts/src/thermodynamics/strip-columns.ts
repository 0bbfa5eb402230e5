import { DomainError } from '@spinformer/numerics';
import { identityColours } from '../generalized-couplings.ts';
import { checkLength, checkSizes } from '../model.ts';

/** A strip of a square lattice, with the same couplings everywhere. */
export interface Strip {
  /** Sites across, at least 1. */
  readonly width: number;
  readonly states: number;
  /** K of every edge; default 1. */
  readonly coupling?: number;
  /** U, [states, states], symmetric; default δ_ab. An edge has the energy −K U_ab. */
  readonly colourCouplings?: Float64Array;
  /** h, [states], of every site; or one number, a field on state 0. Default 0. */
  readonly field?: number | Float64Array;
  /** Whether the strip closes across. Default true. */
  readonly periodic?: boolean;
  /** Inverse temperature β ≥ 0; default 1. */
  readonly beta?: number;
}

/** A vector over the configurations of a column and its derivative by β. */
export interface Dual {
  readonly value: Float64Array;
  readonly slope: Float64Array;
}

/** The transfer matrix T = D V D of a strip: D half a column's own weights, V the edges between two columns. Symmetric. */
export class StripColumns {
  /** states^width. */
  readonly size: number;
  private readonly strip: Required<Strip> & { readonly field: Float64Array };
  private readonly weights: Float64Array;
  /** Half of −E of each column on its own. */
  private readonly halves: Float64Array;
  private readonly bonds: Float64Array;

  constructor(caller: string, strip: Strip, largest: number) {
    this.strip = resolve(caller, strip);
    const { width, states, beta, coupling, colourCouplings } = this.strip;
    this.size = states ** width;
    if (this.size > largest)
      throw new DomainError(
        `${caller}: a column of ${width} sites of ${states} states has ${this.size.toPrecision(3)} configurations, more ` +
          `than ${largest}. Take a narrower strip, or sample.`,
      );
    this.halves = Float64Array.from({ length: this.size }, (_, column) => columnSum(this.strip, column) / 2);
    this.weights = this.halves.map((half) => Math.exp(beta * half));
    this.bonds = colourCouplings.map((colour) => Math.exp(beta * coupling * colour));
  }

  /** D·1 and its derivative: where an open strip begins and ends. */
  ends(): Dual {
    return { value: this.weights.slice(), slope: this.weights.map((weight, k) => weight * this.halves[k]) };
  }

  /** T v and its derivative by β, new. */
  apply(v: Dual): Dual {
    const { width, states } = this.strip;
    let result = this.weigh(v);
    for (let site = 0; site < width; site++) result = this.crossSite(result, states ** site);
    return this.weigh(result);
  }

  private weigh({ value, slope }: Dual): Dual {
    const { weights, halves } = this;
    return {
      value: value.map((x, k) => weights[k] * x),
      slope: slope.map((x, k) => weights[k] * (x + halves[k] * value[k])),
    };
  }

  /** The edge between the two columns at one site, whose states stand `stride` apart. */
  private crossSite({ value, slope }: Dual, stride: number): Dual {
    const { states, coupling, colourCouplings } = this.strip;
    const next = { value: new Float64Array(this.size), slope: new Float64Array(this.size) };
    for (let pair = 0; pair < states * states; pair++) {
      const weight = this.bonds[pair];
      const gain = coupling * colourCouplings[pair];
      const shift = (Math.floor(pair / states) - (pair % states)) * stride;
      for (let block = (pair % states) * stride; block < this.size; block += stride * states)
        for (let k = block; k < block + stride; k++) {
          next.value[k + shift] += weight * value[k];
          next.slope[k + shift] += weight * (slope[k] + gain * value[k]);
        }
    }
    return next;
  }
}

/** Σ h + Σ K U inside a column. */
function columnSum(
  { width, states, coupling, colourCouplings, field, periodic }: Required<Strip> & { field: Float64Array },
  column: number,
): number {
  const spins = Array.from({ length: width }, (_, site) => Math.floor(column / states ** site) % states);
  let sum = spins.reduce((total, state) => total + field[state], 0);
  for (let site = 0; site < width; site++) {
    const last = site + 1 === width;
    if (last && !(periodic && width > 2)) break;
    sum += coupling * colourCouplings[spins[site] * states + spins[(site + 1) % width]];
  }
  return sum;
}

function resolve(caller: string, strip: Strip): Required<Strip> & { field: Float64Array } {
  const { width, states, coupling = 1, field = 0, periodic = true, beta = 1 } = strip;
  checkSizes(caller, width, states);
  const colourCouplings = strip.colourCouplings ?? identityColours(states);
  checkLength(caller, 'colourCouplings', colourCouplings, states * states, '[states, states]');
  const fields =
    typeof field === 'number'
      ? Float64Array.from({ length: states }, (_, a) => (a === 0 ? field : 0))
      : field;
  checkLength(caller, 'field', fields, states, '[states]');
  for (const [name, value] of Object.entries({ coupling, beta }))
    if (!Number.isFinite(value))
      throw new DomainError(`${caller}: ${name} must be a finite number, got ${value}.`);
  colourCouplings.forEach((value, k) => {
    if (value !== colourCouplings[(k % states) * states + Math.floor(k / states)])
      throw new DomainError(
        `${caller}: colourCouplings must be symmetric; entry ${k} differs from its mirror image.`,
      );
  });
  return { width, states, coupling, colourCouplings, field: fields, periodic, beta };
}
