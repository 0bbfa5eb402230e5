import { bytes, loadSplat, splat } from '../../tensor/kernels/_simd';
import { PATCH, PLACES, SITES, TOKENS, address, count } from './_model';
import { ROW, samplesOfRow, upToFour } from './_panels';

/** The spins of one row of samples as tokens of patches; beyond the last sample, the last one again. */
export function loadSpins<T>(model: usize, spins: usize, samples: i32, chunk: i32, out: usize, stride: usize): void {
  const sites = count(model, SITES), patch = count(model, PATCH);
  const places = address(model, PLACES);
  for (let s = 0; s < samplesOfRow<T>(); s++) {
    const row = spins + min(chunk * samplesOfRow<T>() + s, samples - 1) * sites;
    for (let t = 0; t < count(model, TOKENS); t++)
      for (let p = 0; p < patch; p++) {
        const site = load<i32>(places + ((t * patch + p) << 2));
        store<T>(out + t * stride + p * ROW + bytes<T>(s), <T>load<i8>(row + site));
      }
  }
}

/** Adds each token's vector [tokens, width rounded up to four] in all lanes. */
export function addPositions<T>(tokens: i32, width: i32, positions: usize, x: usize, stride: usize): void {
  for (let t = 0; t < tokens; t++)
    for (let f = 0; f < width; f++) {
      const p = x + t * stride + f * ROW, c = loadSplat<T>(positions + bytes<T>(t * upToFour(width) + f));
      v128.store(p, v128.add<T>(v128.load(p), c));
      v128.store(p, v128.add<T>(v128.load(p, 16), c), 16);
    }
}

/** Sum over the tokens. */
export function sumTokens<T>(tokens: i32, width: i32, x: usize, stride: usize, out: usize): void {
  for (let f = 0; f < width; f++) {
    let a = splat<T>(0), b = a;
    for (let t = 0; t < tokens; t++) {
      a = v128.add<T>(a, v128.load(x + t * stride + f * ROW));
      b = v128.add<T>(b, v128.load(x + t * stride + f * ROW, 16));
    }
    v128.store(out + f * ROW, a);
    v128.store(out + f * ROW, b, 16);
  }
}
