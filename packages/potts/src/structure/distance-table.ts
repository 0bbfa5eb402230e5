import { DataError, type Floats } from '@spinformer/numerics';
import { textLines } from '../formats/record.ts';

const COLUMNS = 4;

/**
 * Reads a table of distances between columns, as the `_struct.dat` files of ArDCA's data: i, j (1-based), a score, the
 * distance in Å, separated by white space.
 *
 * @param sites number of sites of the alignment.
 * @returns [sites, sites] in Å, symmetric, zero diagonal, NaN for pairs that are not listed; new.
 * @throws {DataError} for a line that is no such row, or an index out of range, with its line.
 */
export function readDistanceTable(text: string, sites: number): Floats<'sites sites'> {
  const distances = new Float64Array(sites * sites).fill(Number.NaN);
  for (let i = 0; i < sites; i++) distances[i * sites + i] = 0;
  textLines(text).forEach((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const row = trimmed.split(/\s+/).map(Number);
    if (row.length !== COLUMNS || row.some(Number.isNaN))
      throw new DataError(
        `readDistanceTable: line ${index + 1} must hold four numbers (i, j, score, distance), got ${JSON.stringify(trimmed)}.`,
      );
    const [i, j, , distance] = row;
    const inside = [i, j].every((site) => Number.isInteger(site) && site >= 1 && site <= sites);
    if (!inside)
      throw new DataError(
        `readDistanceTable: line ${index + 1} names sites ${i} and ${j}; the alignment has sites 1…${sites}.`,
      );
    distances[(i - 1) * sites + j - 1] = distances[(j - 1) * sites + i - 1] = distance;
  });
  return distances;
}
