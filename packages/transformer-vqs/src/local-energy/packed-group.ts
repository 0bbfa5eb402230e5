/** Bits in a word of a packed configuration. */
const WORD_BITS = 32;
const BYTE_VALUES = 256;

/**
 * Configurations as bits (1 for spin up, site r in bit r mod 32 of word r div 32), and their images under a group of
 * site permutations. The representative of an orbit is its smallest image, compared word by word.
 */
export class PackedGroup {
  readonly sites: number;
  /** Words of a packed configuration. */
  readonly words: number;
  /** How many permutations there are. */
  readonly order: number;
  /** Site to which permutation g takes a spin, [order, sites]: the inverse permutations. */
  private readonly target: Int32Array;
  /** Image of a byte at each place under each permutation, [order, places, 256, words]. */
  private readonly byteImages: Int32Array;
  private readonly places: number;

  /** @param permutations - (gσ)[r] = σ[g[r]], a group with the identity first; empty means the identity alone. */
  constructor(sites: number, permutations: readonly Int32Array[] = []) {
    this.sites = sites;
    this.words = Math.ceil(sites / WORD_BITS);
    this.places = Math.ceil(sites / 8);
    const group = permutations.length > 0 ? permutations : [Int32Array.from({ length: sites }, (_, r) => r)];
    this.order = group.length;
    this.target = new Int32Array(this.order * sites);
    group.forEach((permutation, g) => {
      for (let r = 0; r < sites; r++) this.target[g * sites + permutation[r]] = r;
    });
    this.byteImages = this.imagesOfBytes();
  }

  /** Writes row `row` of `spins` [samples, sites] as bits to the first words of `packed`. */
  pack(spins: Int8Array, row: number, packed: Int32Array): void {
    const { sites, words } = this;
    for (let w = 0, r = row * sites, end = r + sites; w < words; w++) {
      let word = 0;
      const stop = Math.min(end, r + WORD_BITS);
      for (let bit = 0; r < stop; bit++, r++) if (spins[r] > 0) word |= 1 << bit;
      packed[w] = word;
    }
  }

  /** Writes the configuration whose words start at `from` into row `row` of `spins`. */
  unpack(packed: Int32Array, from: number, spins: Int8Array, row: number): void {
    const start = row * this.sites;
    for (let r = 0; r < this.sites; r++)
      spins[start + r] = (packed[from + (r >>> 5)] >>> (r & 31)) & 1 ? 1 : -1;
  }

  /** Writes all images of a packed configuration, [order, words]. */
  images(packed: Int32Array, images: Int32Array): void {
    const { order, words, places, byteImages } = this;
    images.fill(0, 0, order * words);
    for (let g = 0; g < order; g++)
      for (let place = 0; place < places; place++) {
        const byte = (packed[place >>> 2] >>> ((place & 3) << 3)) & (BYTE_VALUES - 1);
        const from = ((g * places + place) * BYTE_VALUES + byte) * words;
        for (let w = 0; w < words; w++) images[g * words + w] |= byteImages[from + w];
      }
  }

  /** Writes the smallest image to `smallest`. */
  smallest(images: Int32Array, smallest: Int32Array): void {
    const { order, words } = this;
    let best = 0;
    for (let g = 1; g < order; g++) {
      let w = 0;
      while (w < words && images[g * words + w] === images[best * words + w]) w++;
      if (w < words && images[g * words + w] < images[best * words + w]) best = g;
    }
    for (let w = 0; w < words; w++) smallest[w] = images[best * words + w];
  }

  /** Writes the representative of the configuration with the given images after spins i and j are turned over. */
  smallestAfterFlips(images: Int32Array, i: number, j: number, smallest: Int32Array): void {
    const { order, words, sites, target } = this;
    for (let g = 0; g < order; g++) {
      const a = target[g * sites + i];
      const b = target[g * sites + j];
      let less = g === 0;
      for (let w = 0; w < words; w++) {
        let word = images[g * words + w];
        if (a >>> 5 === w) word ^= 1 << (a & 31);
        if (b >>> 5 === w) word ^= 1 << (b & 31);
        if (!less && word > smallest[w]) break;
        if (less || word < smallest[w]) {
          less = true;
          smallest[w] = word;
        }
      }
    }
  }

  private imagesOfBytes(): Int32Array {
    const { sites, words, order, places, target } = this;
    const images = new Int32Array(order * places * BYTE_VALUES * words);
    for (let g = 0; g < order; g++)
      for (let place = 0; place < places; place++)
        for (let byte = 0; byte < BYTE_VALUES; byte++) {
          const from = ((g * places + place) * BYTE_VALUES + byte) * words;
          for (let bit = 0; bit < 8 && place * 8 + bit < sites; bit++) {
            const to = target[g * sites + place * 8 + bit];
            if ((byte >> bit) & 1) images[from + (to >>> 5)] |= 1 << (to & 31);
          }
        }
    return images;
  }
}
