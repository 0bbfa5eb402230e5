/** The little that the pool needs of its host, the same in Node and in a browser. */
export interface HostWorker {
  post(message: unknown): void;
}

interface NodeWorkerThreads {
  Worker: new (
    source: string,
    options: { eval: true },
  ) => {
    postMessage(message: unknown): void;
    unref(): void;
    on(event: string, f: () => void): void;
  };
}

type NodeProcess = { getBuiltinModule?(name: string): unknown; versions?: { node?: string } };

function nodeModule<T>(name: string): T | undefined {
  const host = (globalThis as { process?: NodeProcess }).process;
  return host?.versions?.node ? (host.getBuiltinModule?.(name) as T | undefined) : undefined;
}

/** Cores that this process may use. */
export function availableThreads(): number {
  const os = nodeModule<{ availableParallelism(): number }>('node:os');
  return os?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}

/** Starts a worker from source text; undefined where the host has no workers. */
export function startWorker(source: string): HostWorker | undefined {
  const threads = nodeModule<NodeWorkerThreads>('node:worker_threads');
  if (threads) {
    const worker = new threads.Worker(source, { eval: true });
    worker.on('error', () => undefined);
    worker.unref();
    return { post: (message) => worker.postMessage(message) };
  }
  if (typeof Worker === 'undefined') return undefined;
  try {
    const worker = new Worker(scriptUrl(source));
    // A policy that forbids such workers shows as an event: the calling thread then does the work alone.
    worker.onerror = (event) => event.preventDefault();
    return { post: (message) => worker.postMessage(message) };
  } catch {
    return undefined;
  }
}

const scripts = new Map<string, string>();

/** One address for all workers of one program, never revoked: a worker may load it long after it was asked for. */
function scriptUrl(source: string): string {
  const known = scripts.get(source);
  if (known) return known;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  scripts.set(source, url);
  return url;
}

/** Whether memory can be shared between threads here (in a browser: whether the page is cross-origin isolated). */
export function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === 'undefined') return false;
  return (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false;
}
