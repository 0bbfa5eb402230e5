/**
 * N·Var(H)/E²: how far a state is from an eigenstate, comparable between models; 0 for an eigenstate. The energy counts
 * from that of infinite temperature, which is 0 for spin Hamiltonians without a constant.
 *
 * @param energy - total energy.
 * @param variance - ⟨|E_L − E|²⟩, total.
 * @source wu2024vscore
 */
export function vScore(energy: number, variance: number, sites: number): number {
  return (sites * variance) / energy ** 2;
}
