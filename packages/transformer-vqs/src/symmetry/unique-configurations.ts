/** Different configurations among many, and which of them each one is. */
export interface UniqueConfigurations {
  /** [unique, sites], in the order in which they came first. */
  readonly spins: Int8Array;
  /** For each configuration, its place among the unique ones. */
  readonly places: Int32Array;
}

/** Finds the different configurations among [samples, sites]. */
export function uniqueConfigurations(spins: Int8Array, sites: number): UniqueConfigurations {
  const samples = spins.length / sites;
  const places = new Int32Array(samples);
  const found = new Map<string, number>();
  const unique = new Int8Array(spins.length);
  const codes = new Array<number>(Math.ceil(sites / 15));
  for (let s = 0; s < samples; s++) {
    codes.fill(0);
    for (let i = 0; i < sites; i++) if (spins[s * sites + i] > 0) codes[Math.floor(i / 15)] |= 1 << (i % 15);
    const key = String.fromCharCode(...codes);
    const known = found.get(key);
    if (known === undefined) {
      unique.set(spins.subarray(s * sites, (s + 1) * sites), found.size * sites);
      places[s] = found.size;
      found.set(key, found.size);
    } else places[s] = known;
  }
  return { spins: unique.subarray(0, found.size * sites), places };
}
