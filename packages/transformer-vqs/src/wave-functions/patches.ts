/** Where patches of b (chain) or b×b (plane) sites lie on a torus, and how they are displaced from one another. */
export interface Patches {
  /** Number of patches n. */
  readonly count: number;
  /** Sites of a patch. */
  readonly size: number;
  /** Patches along each direction. */
  readonly grid: readonly number[];
  /** Site of each place, [patches, size]; places of a patch are row-major. */
  readonly sites: Int32Array;
  /** Number of the displacement from patch i to patch j, [patches, patches], the row-major index of (j − i) mod grid. */
  readonly displacements: Int32Array;
  /** Euclidean distance between patches in units of a patch, by the shortest way around, [patches, patches]. */
  readonly distances: Float64Array;
}

/**
 * Cuts a torus of `shape` sites into patches with `patch` sites a side. Patch and place are counted row-major.
 *
 * @param shape [length] or [height, width], each a multiple of `patch`.
 */
export function patches(shape: readonly number[], patch: number): Patches {
  const [height, width] = shape.length === 1 ? [1, shape[0]] : [shape[0], shape[1]];
  const tall = shape.length === 1 ? 1 : patch;
  const [rows, columns] = [height / tall, width / patch];
  const [count, size] = [rows * columns, tall * patch];
  const sites = new Int32Array(count * size);
  for (let k = 0; k < sites.length; k++) {
    const [token, place] = [Math.floor(k / size), k % size];
    const y = Math.floor(token / columns) * tall + Math.floor(place / patch);
    sites[k] = y * width + (token % columns) * patch + (place % patch);
  }
  const displacements = new Int32Array(count * count);
  const distances = new Float64Array(count * count);
  const around = (step: number, length: number) => ((step % length) + length) % length;
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const down = around(Math.floor(j / columns) - Math.floor(i / columns), rows);
      const right = around((j % columns) - (i % columns), columns);
      displacements[i * count + j] = down * columns + right;
      distances[i * count + j] = Math.hypot(Math.min(down, rows - down), Math.min(right, columns - right));
    }
  return {
    count,
    size,
    grid: shape.length === 1 ? [columns] : [rows, columns],
    sites,
    displacements,
    distances,
  };
}
