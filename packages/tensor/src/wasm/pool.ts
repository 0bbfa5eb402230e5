import { BackendError } from '@spinformer/numerics';
import { CONTROL, LAYOUT } from './control.ts';
import { type HostWorker, startWorker } from './host.ts';
import { workerSource } from './worker-source.ts';

/** One parallel function: reads its arguments at `args`, does chunk `chunk`, may use the thread's `scratch`. */
export type ChunkKernel = (args: number, chunk: number, scratch: number) => void;

/** A module as workers receive it. */
export interface AnnouncedModule {
  readonly module: WebAssembly.Module;
  readonly jobs: readonly string[];
}

/**
 * Worker threads over one shared memory. The calling thread works too: it opens a job, claims chunks like every
 * worker, closes the job and waits only for workers that are inside. A worker that is slow to start or asleep is
 * never waited for, and a chunk is done by exactly one thread, so results do not depend on how many there are.
 */
export class Pool {
  private readonly memory: WebAssembly.Memory;
  private readonly control: Int32Array;
  private readonly announced: AnnouncedModule[] = [];
  private workers: HostWorker[] | undefined;
  private maySleep = true;
  readonly threads: number;

  constructor(memory: WebAssembly.Memory, threads: number) {
    this.memory = memory;
    this.threads = threads;
    this.control = new Int32Array(memory.buffer, LAYOUT.control, 128);
  }

  /** Makes a module's jobs known to every worker, running or not. */
  announce(module: AnnouncedModule): void {
    this.announced.push(module);
    Atomics.store(this.control, CONTROL.modules, this.announced.length);
    if (!this.workers) return;
    for (const worker of this.workers) worker.post({ modules: [module] });
    this.wake();
  }

  /** Chunks that workers have done so far. */
  get chunksByWorkers(): number {
    return Atomics.load(this.control, CONTROL.helped) >>> 0;
  }

  /** Runs `kernel` for every chunk, on all threads; returns when the last chunk is done. */
  run(job: number, kernel: ChunkKernel, chunks: number): void {
    this.workers ??= this.start();
    const { control } = this;
    control[CONTROL.job] = job;
    control[CONTROL.args] = LAYOUT.args;
    control[CONTROL.chunks] = chunks;
    Atomics.store(control, CONTROL.next, 0);
    Atomics.store(control, CONTROL.open, 1);
    this.wake();
    try {
      const scratch = control[CONTROL.scratch] >>> 0;
      for (;;) {
        const chunk = Atomics.add(control, CONTROL.next, 1);
        if (chunk >= chunks) break;
        kernel(LAYOUT.args, chunk, scratch);
      }
    } finally {
      Atomics.store(control, CONTROL.open, 0);
      this.join();
    }
    if (Atomics.exchange(control, CONTROL.trapped, 0) === 1)
      throw new BackendError(
        'wasm: a kernel trapped in a worker thread. This is a bug of ours: please report it.',
      );
  }

  /**
   * Ends every worker; the pool starts new ones when it is next used. Workers end by themselves: one that was stopped
   * from outside while it looked for a job would leave the job's count of workers wrong.
   */
  stop(): void {
    if (!this.workers) return;
    Atomics.add(this.control, CONTROL.generation, 1);
    this.wake();
    for (const worker of this.workers) worker.post({ modules: [] });
    this.workers = undefined;
  }

  private wake(): void {
    Atomics.add(this.control, CONTROL.ticket, 1);
    Atomics.notify(this.control, CONTROL.ticket);
  }

  private join(): void {
    const { control } = this;
    for (let spin = 0; ; spin++) {
      const active = Atomics.load(control, CONTROL.active);
      if (active === 0) return;
      if (spin >= 10_000 && this.maySleep) this.sleep(active);
    }
  }

  /** A browser's main thread may not sleep: asking once throws, and from then on it spins. */
  private sleep(active: number): void {
    try {
      Atomics.wait(this.control, CONTROL.active, active, 1);
    } catch {
      this.maySleep = false;
    }
  }

  private start(): HostWorker[] {
    const generation = Atomics.load(this.control, CONTROL.generation);
    const workers: HostWorker[] = [];
    for (let worker = 1; worker < this.threads; worker++) {
      const started = startWorker(workerSource());
      if (!started) break;
      started.post({ memory: this.memory, worker, generation, modules: this.announced });
      workers.push(started);
    }
    return workers;
  }
}
