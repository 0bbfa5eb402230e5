/**
 * Translations of a torus by whole patches, as site permutations with (gσ)[r] = σ[g[r]], the identity first.
 *
 * @param shape - [length] or [height, width], each a multiple of `patch`.
 */
export function patchTranslations(shape: readonly number[], patch: number): readonly Int32Array[] {
  const [height, width] = shape.length === 1 ? [1, shape[0]] : [shape[0], shape[1]];
  const tall = shape.length === 1 ? 1 : patch;
  const translations: Int32Array[] = [];
  for (let down = 0; down < height; down += tall)
    for (let right = 0; right < width; right += patch)
      translations.push(
        Int32Array.from(
          { length: height * width },
          (_, r) => ((Math.floor(r / width) + down) % height) * width + ((r + right) % width),
        ),
      );
  return translations;
}
