/**
 * A backend is a table of kernels plus allocate, read and free. It knows nothing of autodiff, scopes or parameter
 * trees: those live above it, once for all backends. A kernel takes dense row-major operands and returns a new
 * buffer; it never writes into an operand, so that backends whose memory cannot be written in place fit as well.
 * Shapes have been checked and outputs sized by the operations before a kernel is called: inner loops trust them.
 * Calls may be queued; only `read` waits. What a backend lacks it leaves out of its table, and asking for it throws
 * UnsupportedKernelError naming kernel, dtype and backend: there is no silent fallback.
 */
export interface Backend {
  readonly name: string;
  readonly kernels: KernelTable;
  /** Whether `kernel` exists for `dtype` here. */
  supports(kernel: KernelName, dtype: DType): boolean;
  /** A buffer with the given values (converted to dtype), `values.length` entries. */
  upload(values: ArrayLike<number>, dtype: DType): BufferHandle;
  /** A copy of the values. */
  read(buffer: BufferHandle): Promise<TypedArray>;
  /** A copy of the values without waiting; absent where the device has no such thing. */
  readSync?(buffer: BufferHandle): TypedArray;
  free(buffer: BufferHandle): void;
  /** Bytes in buffers that are not freed: leak checks compare it before and after. */
  bytesInUse(): number;
  describe(): BackendReport;
  /** Frees what the backend holds outside buffers (threads, device contexts). */
  dispose(): void;
}

/** What kind of numbers a tensor holds. */
export type DType = 'float32' | 'float64' | 'int32';
/** The arrays in which numbers come back, one for each {@link DType}. */
export type TypedArray = Float32Array | Float64Array | Int32Array;

/** A backend's own handle on `length` numbers; opaque to everybody else. */
export interface BufferHandle {
  readonly length: number;
  readonly dtype: DType;
}

/** A dense row-major array as a kernel receives it. */
export interface Operand {
  readonly buffer: BufferHandle;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** What a backend is and can do on this machine. */
export interface BackendReport {
  readonly name: string;
  readonly available: boolean;
  /** Why it is not available, and what to do. */
  readonly reason?: string;
  /** In which manner it computes here, for instance `simd`, `relaxed-simd`, `webgl2`. */
  readonly mode?: string;
  readonly threads: number;
  /** Measured float32 matrix product of 512³, 10⁹ floating-point operations a second; only when probed. */
  readonly gflops?: number;
}

/** y = f(x), element by element. `gelu` is x·Φ(x) in its tanh form; `square` is x². */
export type UnaryOp =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'square'
  | 'sqrt'
  | 'reciprocal'
  | 'exp'
  | 'log'
  | 'tanh'
  | 'sigmoid'
  | 'relu'
  | 'gelu'
  | 'softplus'
  | 'sin'
  | 'cos'
  | 'logCosh';

/** Element by element with broadcasting; comparisons yield 1 or 0 in the operands' dtype. */
export type BinaryOp = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum' | 'pow' | 'equal' | 'greater';

/** How a reduction combines numbers. */
export type ReduceOp = 'sum' | 'max';

/** What `dense` applies to its result; `none` is the identity. */
export type Activation = 'none' | 'relu' | 'gelu' | 'tanh' | 'square';

/** Which operands have their last two axes swapped; default: none. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** One step of Adam, with its schedule and bias corrections worked out. */
export interface AdamSettings {
  /** Learning rate of this step, after its schedule. */
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled weight decay (AdamW), per step and unit of learning rate; 0 for Adam. */
  readonly weightDecay: number;
  /** 1 − β1^t and 1 − β2^t. */
  readonly correction1: number;
  readonly correction2: number;
}

/**
 * The primitives. T below is float32 or float64, the same for all floating operands; indices are int32.
 * Sizes may be zero. Reductions over samples accumulate in float64 or pairwise, so that float32 loses no digits.
 */
export interface KernelTable {
  /** An array of `length` copies of `value`. */
  fill(length: number, value: number, dtype: DType): BufferHandle;
  /** Truncates towards zero when it goes to int32. */
  cast(x: Operand, dtype: DType): BufferHandle;
  unary(op: UnaryOp, x: Operand): BufferHandle;
  /** Cotangent of x from the cotangent g of y = op(x): g·f′, fused. */
  unaryGrad(op: UnaryOp, x: Operand, y: Operand, g: Operand): BufferHandle;
  /** NumPy broadcasting; `shape` is the broadcast shape. Also int32 for add, sub, mul and comparisons. */
  binary(op: BinaryOp, a: Operand, b: Operand, shape: readonly number[]): BufferHandle;
  /** condition ≠ 0 ? a : b, all broadcast to `shape`; the condition's dtype is free. */
  where(condition: Operand, a: Operand, b: Operand, shape: readonly number[]): BufferHandle;
  /** Repeats along axes of size one and new leading axes until the shape is `shape`. */
  broadcastTo(x: Operand, shape: readonly number[]): BufferHandle;
  /** Reduces over `axes` (sorted, unique, non-negative). The sum of nothing is 0, the maximum of nothing −∞. */
  reduce(op: ReduceOp, x: Operand, axes: readonly number[]): BufferHandle;
  /** Axis k of the result is axis permutation[k] of x. */
  permute(x: Operand, permutation: readonly number[]): BufferHandle;
  slice(x: Operand, begin: readonly number[], size: readonly number[]): BufferHandle;
  /** The adjoint of slice: zeros of `shape` with x written at `begin`. */
  embed(x: Operand, shape: readonly number[], begin: readonly number[]): BufferHandle;
  concat(xs: readonly Operand[], axis: number): BufferHandle;
  /** Rows of table [rows, ...width] by indices (any shape): [...indices, ...width]. A negative index gives zeros. */
  gather(table: Operand, indices: Operand): BufferHandle;
  /** The adjoint of gather: zeros [rows, ...width] with g's rows added at their indices; negative ones are dropped. */
  scatterAdd(g: Operand, indices: Operand, rows: number): BufferHandle;
  /** [...indices, depth] in `dtype`; a negative index gives zeros. */
  oneHot(indices: Operand, depth: number, dtype: DType): BufferHandle;

  /**
   * Batched product [..., m, k] × [..., k, n] → [..., m, n], or of their transposes (the last two axes swapped);
   * leading axes broadcast.
   */
  matmul(a: Operand, b: Operand, options: Required<MatmulOptions>, shape: readonly number[]): BufferHandle;
  /**
   * activation(x·w + bias) with x [rows, k], w [k, n] (or [n, k] when transposed) and bias [n] or null; returns the
   * result and, unless the activation is `none`, the values before it, both [rows, n].
   */
  dense(
    x: Operand,
    w: Operand,
    bias: Operand | null,
    activation: Activation,
    transposeW: boolean,
  ): { readonly y: BufferHandle; readonly before: BufferHandle | null };

  /** Over the last axis. */
  softmax(x: Operand): BufferHandle;
  /** y·(g − Σ y·g). */
  softmaxGrad(y: Operand, g: Operand): BufferHandle;
  logSoftmax(x: Operand): BufferHandle;
  /** g − exp(y)·Σ g. */
  logSoftmaxGrad(y: Operand, g: Operand): BufferHandle;
  /**
   * Row losses log Σ_c exp x_rc − x_{r,target_r} of x [rows, classes], targets int32 [rows]; a negative target means
   * no loss (0).
   */
  crossEntropy(x: Operand, targets: Operand): BufferHandle;
  /** g_r·(softmax(x_r) − onehot(target_r)), zero for negative targets; g [rows]. */
  crossEntropyGrad(x: Operand, targets: Operand, g: Operand): BufferHandle;
  /** Over the last axis, (x − mean)/√(variance + epsilon)·gain + bias; also mean and 1/√(variance + epsilon), [rows]. */
  layerNorm(
    x: Operand,
    gain: Operand,
    bias: Operand,
    epsilon: number,
  ): { readonly y: BufferHandle; readonly mean: BufferHandle; readonly inverse: BufferHandle };
  layerNormGrad(
    x: Operand,
    gain: Operand,
    mean: Operand,
    inverse: Operand,
    g: Operand,
  ): { readonly dx: BufferHandle; readonly dgain: BufferHandle; readonly dbias: BufferHandle };

  /**
   * Factored attention: out[b, i, h, :] = Σ_j weights[h, i, j]·values[b, j, h, :], with weights [heads, sites, sites]
   * and values [batch, sites, heads, width].
   */
  positionalMix(weights: Operand, values: Operand): BufferHandle;
  positionalMixGrad(
    weights: Operand,
    values: Operand,
    g: Operand,
  ): { readonly dweights: BufferHandle; readonly dvalues: BufferHandle };
  /**
   * softmax_j(scale·q·k + mask)·v for q, k, v [batch, sites, heads, width] and an additive mask [sites, sites] or null;
   * returns out [batch, sites, heads, width] and the probabilities [batch, heads, sites, sites].
   */
  attention(
    q: Operand,
    k: Operand,
    v: Operand,
    mask: Operand | null,
    scale: number,
  ): { readonly out: BufferHandle; readonly probabilities: BufferHandle };
  attentionGrad(
    q: Operand,
    k: Operand,
    v: Operand,
    probabilities: Operand,
    g: Operand,
    scale: number,
  ): { readonly dq: BufferHandle; readonly dk: BufferHandle; readonly dv: BufferHandle };

  /** One fused Adam/AdamW update: the new parameter and moments. */
  adam(
    parameter: Operand,
    gradient: Operand,
    m: Operand,
    v: Operand,
    settings: AdamSettings,
  ): { readonly parameter: BufferHandle; readonly m: BufferHandle; readonly v: BufferHandle };

  /** Lower Cholesky factor of a [n, n], float64, upper triangle zero; NaN from the first pivot that is not positive. */
  cholesky(a: Operand): BufferHandle;
  /** Solves op(L)·x = b for lower-triangular L [n, n] and b [n, m], float64; op transposes or not. */
  triangularSolve(l: Operand, b: Operand, transpose: boolean): BufferHandle;
  /** A·Aᵀ [n, n] of A [n, k], or of its transpose, exactly symmetric. */
  symmetricRankK(a: Operand, options: RankKOptions): BufferHandle;
  /**
   * Eigenvalues [n], ascending, of a symmetric [n, n], float64, and its orthonormal eigenvectors as columns [n, n],
   * the greatest component of each positive; NaN where a number is not finite.
   */
  eigh(
    a: Operand,
    wantsVectors: boolean,
  ): { readonly values: BufferHandle; readonly vectors: BufferHandle | null };
}

/** How a rank-k product is made. */
export interface RankKOptions {
  /** Multiply the columns of A with one another instead of its rows. */
  readonly transpose: boolean;
  /** Precision of the result, at least that of `products`. */
  readonly dtype: 'float32' | 'float64';
  /** Precision of the products and of sums of 256 of them, at least that of A. */
  readonly products: 'float32' | 'float64';
}

/** The name of a primitive. */
export type KernelName = keyof KernelTable;
