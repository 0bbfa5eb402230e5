import { DomainError } from '@spinformer/numerics';

/** One element of a symmetry group with its character: (gσ)[r] = ±σ[sites[r]]. */
export interface SymmetryElement {
  readonly sites: Int32Array;
  /** Whether all spins turn over as well. */
  readonly flips: boolean;
  /** The angle φ of the character χ = e^{iφ} with which ψ(gσ) is to agree with ψ(σ). */
  readonly angle: number;
}

/** Which symmetries a projection restores, and how the state is to transform under them. */
export interface SymmetryOptions {
  /** Translations and point group, as a lattice lists them, the identity first. */
  readonly lattice: {
    readonly shape: readonly number[];
    readonly translations: readonly Int32Array[];
    readonly pointGroup: readonly Int32Array[];
  };
  /** Project on translations; default true. */
  readonly translations?: boolean;
  /** Momentum in units of 2π over the extent, one whole number for each direction; default 0. */
  readonly momentum?: readonly number[];
  /** Project on the point group: `true` for the trivial representation, or one character ±1 for each element; default false. */
  readonly pointGroup?: boolean | readonly number[];
  /** Parity of the state when all spins turn over, 1 or −1; 0, the default, leaves it open. */
  readonly spinFlip?: -1 | 0 | 1;
}

/**
 * The elements of the group that the options name, with the characters of a one-dimensional representation.
 *
 * @throws {DomainError} when momentum or characters do not fit the lattice, or do not make a representation: the point
 *   group must leave the momentum as it is.
 */
export function symmetryGroup(options: SymmetryOptions): SymmetryElement[] {
  const { lattice, translations = true, pointGroup = false, spinFlip = 0 } = options;
  const moves = translations ? lattice.translations : lattice.translations.slice(0, 1);
  const momentum = options.momentum ?? lattice.shape.map(() => 0);
  if (momentum.length !== lattice.shape.length || !momentum.every(Number.isInteger))
    throw new DomainError(
      `momentum: must be ${lattice.shape.length} whole numbers, in units of 2π over the extent, got [${momentum.join(', ')}].`,
    );
  const angles = moves.map((move) => momentumAngle(move, lattice.shape, momentum));
  const turns = pointGroup === false ? lattice.pointGroup.slice(0, 1) : lattice.pointGroup;
  const characters = Array.isArray(pointGroup) ? (pointGroup as readonly number[]) : turns.map(() => 1);
  if (characters.length !== turns.length || !characters.every((c) => c === 1 || c === -1))
    throw new DomainError(
      `pointGroup: must be ${turns.length} characters, each 1 or -1, got [${characters.join(', ')}].`,
    );
  checkRepresentation(moves, angles, turns, characters);
  const elements: SymmetryElement[] = [];
  for (const flips of spinFlip === 0 ? [false] : [false, true])
    turns.forEach((turn, p) => {
      moves.forEach((move, t) => {
        const signs = (characters[p] < 0 ? Math.PI : 0) + (flips && spinFlip < 0 ? Math.PI : 0);
        elements.push({ sites: compose(move, turn), flips, angle: angles[t] + signs });
      });
    });
  return elements;
}

/** The permutation r → first[second[r]]. */
export function compose(first: Int32Array, second: Int32Array): Int32Array {
  return second.map((r) => first[r]);
}

/** k·x of a translation, from where it takes site 0. */
function momentumAngle(move: Int32Array, shape: readonly number[], momentum: readonly number[]): number {
  const width = shape[shape.length - 1];
  const [y, x] = [Math.floor(move[0] / width), move[0] % width];
  if (shape.length === 1) return (2 * Math.PI * momentum[0] * x) / width;
  return 2 * Math.PI * ((momentum[0] * y) / shape[0] + (momentum[1] * x) / width);
}

/** Angles in float64 that differ by less are the same. */
export const ANGLE_ROUNDING = 1e-9;

function sameCharacter(a: number, b: number): boolean {
  return Math.abs(Math.sin((a - b) / 2)) < ANGLE_ROUNDING;
}

/** Characters must multiply: translations turned by the point group keep theirs, and point-group products agree. */
function checkRepresentation(
  moves: readonly Int32Array[],
  angles: readonly number[],
  turns: readonly Int32Array[],
  characters: readonly number[],
): void {
  const angleOf = new Map(moves.map((move, t) => [move.join(), angles[t]]));
  const characterOf = new Map(turns.map((turn, p) => [turn.join(), characters[p]]));
  for (const [p, turn] of turns.entries()) {
    const back = new Int32Array(turn.length);
    turn.forEach((to, from) => {
      back[to] = from;
    });
    for (const [t, move] of moves.entries()) {
      const turned = angleOf.get(compose(compose(turn, move), back).join());
      if (turned === undefined || !sameCharacter(turned, angles[t]))
        throw new DomainError(
          'momentum: the point group does not leave it as it is, so that no number can be the character. ' +
            'Take 0 or half the extent in every direction, or leave the point group out.',
        );
    }
    for (const [q, other] of turns.entries()) {
      const product = characterOf.get(compose(turn, other).join());
      if (product !== undefined && product !== characters[p] * characters[q])
        throw new DomainError(
          'pointGroup: the characters do not multiply as the elements do. Take a one-dimensional representation.',
        );
    }
  }
}

/**
 * One element of each coset gH, where H are site permutations under which the wave function does not change anyway: only
 * these need to be evaluated.
 *
 * @throws {DomainError} when H's characters are not one: the projection would be zero.
 */
export function cosets(
  elements: readonly SymmetryElement[],
  invariant: readonly Int32Array[],
): SymmetryElement[] {
  const seen = new Map<string, SymmetryElement>();
  const kept: SymmetryElement[] = [];
  for (const element of elements) {
    const before = seen.get(keyOf(element, element.sites));
    if (before !== undefined) {
      if (!sameCharacter(before.angle, element.angle))
        throw new DomainError(
          'symmetrize: the wave function is invariant under translations whose character is not one, so that its ' +
            'projection is zero. Take a momentum that is 0 for translations by a patch, or another patch.',
        );
      continue;
    }
    kept.push(element);
    seen.set(keyOf(element, element.sites), element);
    for (const h of invariant) seen.set(keyOf(element, compose(element.sites, h)), element);
  }
  return kept;
}

function keyOf({ flips }: SymmetryElement, sites: Int32Array): string {
  return `${flips ? '-' : '+'}${sites.join()}`;
}
