import { CONTROL, LAYOUT } from './control.ts';

/**
 * The program of a pool worker, as text: it starts from a string in Node and from a Blob in a browser, so that no
 * bundler has to find a file. A worker sleeps on the ticket, joins an open job by claiming chunks, returns to its event
 * loop only when a new kernel module has been announced, and ends by itself, never inside a job, when its generation
 * is over.
 */
export function workerSource(): string {
  return `
const isNode = typeof process !== 'undefined' && !!process.versions?.node;
const port = isNode ? require('node:worker_threads').parentPort : self;
let control, worker, memory, generation;
const functions = [];
const C = ${JSON.stringify(CONTROL)};
function loop() {
  for (;;) {
    const ticket = Atomics.load(control, C.ticket);
    if (Atomics.load(control, C.generation) !== generation) { if (isNode) process.exit(0); else self.close(); return; }
    if (Atomics.load(control, C.modules) !== functions.length) return;
    if (Atomics.load(control, C.open)) {
      Atomics.add(control, C.active, 1);
      if (Atomics.load(control, C.open) && Atomics.load(control, C.generation) === generation) join();
      Atomics.sub(control, C.active, 1);
      Atomics.notify(control, C.active);
    }
    for (let spin = 0; spin < 2000 && Atomics.load(control, C.ticket) === ticket; spin++);
    Atomics.wait(control, C.ticket, ticket);
  }
}
function join() {
  const job = control[C.job], args = control[C.args], chunks = control[C.chunks];
  const kernel = functions[job >> 8][job & 255], scratch = control[C.scratch + worker] >>> 0;
  let done = 0;
  try {
    for (;;) {
      const chunk = Atomics.add(control, C.next, 1);
      if (chunk >= chunks) break;
      kernel(args, chunk, scratch);
      done++;
    }
    if (done > 0) Atomics.add(control, C.helped, done);
  } catch (error) {
    Atomics.store(control, C.trapped, 1);
  }
}
function receive(message) {
  if (message.memory) {
    memory = message.memory;
    worker = message.worker;
    generation = message.generation;
    control = new Int32Array(memory.buffer, ${LAYOUT.control}, 128);
  }
  for (const { module, jobs } of message.modules) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory } });
    functions.push(jobs.map((name) => exports[name]));
  }
  loop();
}
if (isNode) port.on('message', receive);
else port.onmessage = (event) => receive(event.data);
`;
}
