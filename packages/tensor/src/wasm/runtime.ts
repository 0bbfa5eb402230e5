import { BackendError, DomainError } from '@spinformer/numerics';
import { Allocator } from './allocator.ts';
import { decodeBase64, hasRelaxedSimd, withUnsharedMemory } from './binary.ts';
import { CONTROL, LAYOUT, MAXIMUM_THREADS } from './control.ts';
import type { EmbeddedKernels } from './embedded-kernels.ts';
import { availableThreads, canShareMemory } from './host.ts';
import { type ChunkKernel, Pool } from './pool.ts';

export interface WasmRuntimeOptions {
  /** Threads including the caller's, 1…64; default: the cores that this process may use. */
  readonly threads?: number;
  /** Ceiling of the memory in bytes; default 4 GiB, WebAssembly's own, or as much of it as the host reserves. */
  readonly maximumBytes?: number;
  /** Use relaxed fused multiply-add where the engine has it; default true. */
  readonly relaxed?: boolean;
}

const PAGE = 65536;
const MAXIMUM_PAGES = 65536;
const LEAST_PAGES = 1024;
const INITIAL_PAGES = 16;
/** Arguments of a job, as float64 words: exact for addresses, sizes and numbers alike. */
const MAXIMUM_ARGUMENTS = 128;

/**
 * One WebAssembly memory, its allocator and its threads, shared by every kernel module that is loaded into it.
 * Kernel modules import the memory, export functions, and keep no static data, so that many live side by side.
 */
export class WasmRuntime {
  readonly memory: WebAssembly.Memory;
  readonly threads: number;
  /** Whether kernels were compiled with fused multiply-add. */
  readonly relaxed: boolean;
  /** Whether the memory is shared with worker threads. */
  readonly shared: boolean;
  /** Most bytes that {@link allocate} can hand out together. */
  readonly maximumBytes: number;
  private readonly allocator: Allocator;
  private readonly pool: Pool | undefined;
  private readonly loaded = new Map<string, KernelModule>();
  private arguments: Float64Array = new Float64Array(0);
  private readonly scratch: { pointer: number; bytes: number }[] = [];

  constructor(options: WasmRuntimeOptions = {}) {
    const threads = options.threads ?? Math.min(availableThreads(), MAXIMUM_THREADS);
    if (!Number.isInteger(threads) || threads < 1 || threads > MAXIMUM_THREADS)
      throw new DomainError(
        `threads: must be a whole number from 1 to ${MAXIMUM_THREADS}, got ${threads}. Leave it out to use every core.`,
      );
    this.shared = canShareMemory();
    this.threads = this.shared ? threads : 1;
    this.relaxed = (options.relaxed ?? true) && hasRelaxedSimd();
    const { memory, pages } = createMemory(this.shared);
    this.memory = memory;
    this.maximumBytes = Math.min(options.maximumBytes ?? PAGE * pages, PAGE * pages);
    this.allocator = new Allocator(this.memory, LAYOUT.heap, this.maximumBytes);
    this.pool = this.threads > 1 ? new Pool(this.memory, this.threads) : undefined;
  }

  /** Bytes handed out by {@link allocate} and not yet freed. */
  get bytesInUse(): number {
    return this.allocator.bytesInUse;
  }

  /**
   * Chunks of jobs that worker threads, not the caller, have done so far. It stays 0 on one thread, for jobs of one
   * chunk, and where a page's content security policy forbids workers from blobs.
   */
  get chunksByWorkers(): number {
    return this.pool?.chunksByWorkers ?? 0;
  }

  /** Byte address of a new block, aligned to 64 bytes, of arbitrary content. */
  allocate(bytes: number): number {
    return this.allocator.allocate(bytes);
  }

  free(pointer: number): void {
    this.allocator.free(pointer);
  }

  /** Views into the memory. A view may become useless when the memory grows: take a fresh one after allocating. */
  float32(pointer: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, length);
  }
  float64(pointer: number, length: number): Float64Array {
    return new Float64Array(this.memory.buffer, pointer, length);
  }
  int32(pointer: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, pointer, length);
  }
  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, length);
  }

  /** Loads a kernel module, or returns it when it is there already. Synchronous: kernel modules are small. */
  load(embedded: EmbeddedKernels): KernelModule {
    const known = this.loaded.get(embedded.name);
    if (known) return known;
    const bytes = decodeBase64(this.relaxed ? embedded.relaxed : embedded.plain);
    const module = new WebAssembly.Module(this.shared ? bytes : withUnsharedMemory(bytes));
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    const jobs = Object.keys(exports).filter((name) => typeof exports[name] === 'function');
    const loaded: KernelModule = {
      name: embedded.name,
      index: this.loaded.size,
      jobs,
      exports: exports as Record<string, KernelFunction>,
    };
    this.loaded.set(embedded.name, loaded);
    this.pool?.announce({ module, jobs });
    return loaded;
  }

  /**
   * Runs `exports[job](argsAddress, chunk, scratchAddress)` for every chunk in 0…chunks−1, spread over the threads.
   * `args` become float64 words at argsAddress. How work is cut into chunks must not depend on the number of
   * threads, and chunks must not touch what another one writes: then neither do the results.
   */
  run(
    module: KernelModule,
    job: string,
    chunks: number,
    args: readonly number[],
    options: RunOptions = {},
  ): void {
    if (args.length > MAXIMUM_ARGUMENTS)
      throw new BackendError(`${job}: at most ${MAXIMUM_ARGUMENTS} arguments, got ${args.length}.`);
    const kernel = module.exports[job] as unknown as ChunkKernel;
    if (typeof kernel !== 'function')
      throw new BackendError(`${module.name} exports no kernel named ${job}.`);
    this.provideScratch(options.scratchBytes ?? 0);
    this.writeArguments(args);
    if (this.pool && chunks > 1) {
      this.pool.run(module.index * 256 + module.jobs.indexOf(job), kernel, chunks);
      return;
    }
    const scratch = this.scratch[0]?.pointer ?? 0;
    for (let chunk = 0; chunk < chunks; chunk++) kernel(LAYOUT.args, chunk, scratch);
  }

  /** Ends the worker threads; they start again by themselves when needed. */
  stop(): void {
    this.pool?.stop();
  }

  private writeArguments(args: readonly number[]): void {
    // A view of unshared memory loses its length when the memory grows; one of shared memory stays good.
    if (this.arguments.length === 0) this.arguments = this.float64(LAYOUT.args, MAXIMUM_ARGUMENTS);
    for (let k = 0; k < args.length; k++) this.arguments[k] = args[k];
  }

  private provideScratch(bytes: number): void {
    if (bytes === 0 || (this.scratch[0]?.bytes ?? 0) >= bytes) return;
    const control = this.int32(LAYOUT.control, 128);
    for (let thread = 0; thread < this.threads; thread++) {
      if (this.scratch[thread]) this.free(this.scratch[thread].pointer);
      const pointer = this.allocate(bytes);
      this.scratch[thread] = { pointer, bytes };
      control[CONTROL.scratch + thread] = pointer;
    }
  }
}

export type KernelFunction = (...args: number[]) => number;

export interface KernelModule {
  readonly name: string;
  readonly index: number;
  readonly jobs: readonly string[];
  /** Every exported function, for direct calls on the calling thread. */
  readonly exports: Readonly<Record<string, KernelFunction>>;
}

export interface RunOptions {
  /** Scratch memory that each thread needs, in bytes. */
  readonly scratchBytes?: number;
}

/**
 * A memory that may grow as far as the host lets it: browsers on phones, and processes with a limit on their address
 * space, refuse to set 4 GiB aside, so a half is asked for next, down to 64 MiB.
 */
function createMemory(shared: boolean): { memory: WebAssembly.Memory; pages: number } {
  for (let pages = MAXIMUM_PAGES; ; pages /= 2) {
    try {
      return { memory: new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: pages, shared }), pages };
    } catch (cause) {
      if (pages / 2 >= LEAST_PAGES) continue;
      throw new BackendError(
        'wasm: this host cannot reserve a WebAssembly memory. Raise the limit on address space (ulimit -v) or use cpu().',
        { cause },
      );
    }
  }
}

let common: WasmRuntime | undefined;

/**
 * The runtime that everything in this process shares by default: made at the first call, with that call's options.
 * @throws {DomainError} when it exists already with another number of threads.
 */
export function sharedRuntime(options: WasmRuntimeOptions = {}): WasmRuntime {
  common ??= new WasmRuntime(options);
  if (options.threads !== undefined && common.shared && options.threads !== common.threads)
    throw new DomainError(
      `threads: the shared runtime already runs ${common.threads}, asked for ${options.threads}. ` +
        'Ask before anything else uses it, or make a WasmRuntime of your own.',
    );
  return common;
}
