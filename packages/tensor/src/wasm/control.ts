/** Word offsets of the control block, an Int32Array at the bottom of the shared memory. */
export const CONTROL = {
  /** Changes whenever there is something to look at; workers sleep on it. */
  ticket: 0,
  /** 1 while a job may be joined. */
  open: 1,
  /** Next chunk to claim. */
  next: 2,
  /** Chunks of the job. */
  chunks: 3,
  /** Workers inside the job. */
  active: 4,
  /** Job: module index · 256 + function index. */
  job: 5,
  /** Byte address of the job's arguments. */
  args: 6,
  /** Number of kernel modules announced so far. */
  modules: 7,
  /** Which generation of workers may work: older ones must end. */
  generation: 8,
  /** 1 after a kernel trapped in a worker. */
  trapped: 9,
  /** Chunks that workers have done since the pool was made; wraps around. */
  helped: 10,
  /** Scratch address of worker k stands at scratch + k; worker 0 is the calling thread. */
  scratch: 16,
} as const;

/** The most threads a pool can have. */
export const MAXIMUM_THREADS = 64;

/** Byte addresses: control block, argument block, first byte that may be allocated. */
export const LAYOUT = { control: 1024, args: 2048, heap: 4096 } as const;
