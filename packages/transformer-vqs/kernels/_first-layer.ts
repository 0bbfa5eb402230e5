import { bytes } from '../../tensor/kernels/_simd';
import { FIRST_OTHERS, FIRST_OWN, PAIRS, PATCH, PLACES, SITES, TOKENS, WIDTH, address, count } from './_model';
import { ROW, fromLines, samplesOfRow, upToFour } from './_panels';

// A patch of p sites has 2^p values, and with weights that depend on displacements alone the attention of the first layer
// is a sum over patches of vectors that depend on displacement and value: embedding, norm, values, mixing and the output
// map become additions of rows of a table.

/** The value of each patch of each sample of row `chunk`: a bit for each spin up, [samples, tokens]. */
function patchValues<T>(model: usize, spins: usize, samples: i32, chunk: i32, out: usize): void {
  const tokens = count(model, TOKENS), patch = count(model, PATCH), sites = count(model, SITES);
  for (let s = 0; s < samplesOfRow<T>(); s++) {
    const row = spins + min(chunk * samplesOfRow<T>() + s, samples - 1) * sites;
    let place = address(model, PLACES);
    for (let t = 0; t < tokens; t++) {
      let value = 0;
      for (let p = 0; p < patch; p++, place += 4) value |= <i32>(load<i8>(row + load<i32>(place)) > 0) << p;
      store<i32>(out + ((s * tokens + t) << 2), value);
    }
  }
}

/** line = Σ of the `n` rows whose addresses are listed. */
// @ts-ignore: decorator
@inline function sumRows<T>(list: usize, n: i32, size: usize, line: usize): void {
  const end = list + (n << 2);
  let f: usize = 0;
  for (; f + 64 <= size; f += 64) {
    let r = <usize>load<u32>(list) + f;
    let a = v128.load(r), b = v128.load(r, 16), c = v128.load(r, 32), d = v128.load(r, 48);
    for (let p = list + 4; p != end; p += 4) {
      r = <usize>load<u32>(p) + f;
      a = v128.add<T>(a, v128.load(r)); b = v128.add<T>(b, v128.load(r, 16));
      c = v128.add<T>(c, v128.load(r, 32)); d = v128.add<T>(d, v128.load(r, 48));
    }
    v128.store(line + f, a); v128.store(line + f, b, 16);
    v128.store(line + f, c, 32); v128.store(line + f, d, 48);
  }
  for (; f < size; f += 16) {
    let a = v128.load(<usize>load<u32>(list) + f);
    for (let p = list + 4; p != end; p += 4) a = v128.add<T>(a, v128.load(<usize>load<u32>(p) + f));
    v128.store(line + f, a);
  }
}

/**
 * The stream x after the first attention of row `chunk`; `lines` has room for a row of each feature, `list` for a number
 * more than tokens, `values` for one of each token and sample (int32).
 */
export function firstAttention<T>(
  model: usize, spins: usize, samples: i32, chunk: i32, x: usize, stride: usize, lines: usize, list: usize, values: usize,
): void {
  const tokens = count(model, TOKENS), width = upToFour(count(model, WIDTH)), size = bytes<T>(width);
  const own = address(model, FIRST_OWN), others = address(model, FIRST_OTHERS);
  patchValues<T>(model, spins, samples, chunk, values);
  for (let i = 0; i < tokens; i++) {
    const pairs = address(model, PAIRS) + ((i * tokens) << 2);
    for (let s = 0; s < samplesOfRow<T>(); s++) {
      const value = values + ((s * tokens) << 2);
      store<u32>(list, <u32>(own + load<i32>(value + (i << 2)) * size));
      for (let j = 0; j < tokens; j++) {
        const row = (load<i32>(pairs + (j << 2)) << count(model, PATCH)) + load<i32>(value + (j << 2));
        store<u32>(list + ((j + 1) << 2), <u32>(others + row * size));
      }
      sumRows<T>(list, tokens + 1, size, lines + s * size);
    }
    fromLines<T>(width, lines, size, x + i * stride);
  }
}
