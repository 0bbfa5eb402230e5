/** A kernel module as its build embeds it: two WebAssembly binaries in base64 that export the same functions. */
export interface EmbeddedKernels {
  readonly name: string;
  /** 128-bit SIMD, runs everywhere. */
  readonly plain: string;
  /** The same with relaxed fused multiply-add, for engines that have it. */
  readonly relaxed: string;
}
