import type { Bond } from '../lattice.ts';

/** Whether g permutes the sites and maps the bonds of each kind onto one another. */
export function isAutomorphism(g: Int32Array, sites: number, bonds: readonly Bond[]): boolean {
  if (g.length !== sites || new Set(g).size !== sites) return false;
  if (!g.every((r) => Number.isInteger(r) && r >= 0 && r < sites)) return false;
  const key = (i: number, j: number, kind: number) =>
    (kind * sites + Math.min(i, j)) * sites + Math.max(i, j);
  const all = new Set(bonds.map(({ i, j, kind }) => key(i, j, kind)));
  return bonds.every(({ i, j, kind }) => all.has(key(g[i], g[j], kind)));
}
