/** A bond i–j of one kind (0 for J1, 1 for J2, …). A pair may occur once per kind. */
export interface Bond {
  readonly i: number;
  readonly j: number;
  readonly kind: number;
}

/** Sites, their bonds, and the permutations that leave the bonds as they are. Site r = y·width + x on two-dimensional lattices. */
export interface Lattice {
  readonly name: string;
  readonly sites: number;
  /** Extent in sites along each direction, [length] or [height, width]; their product is `sites`. */
  readonly shape: readonly number[];
  readonly bonds: readonly Bond[];
  /** Site permutations g with (gσ)[r] = σ[g[r]]: the translations, the identity first. */
  readonly translations: readonly Int32Array[];
  /** Point-group permutations in the same form, the identity first. */
  readonly pointGroup: readonly Int32Array[];
  /** Sublattice of each site under the Marshall rule (0 or 1), where the J1 bonds are bipartite. */
  readonly sublattice?: Int8Array;
}
