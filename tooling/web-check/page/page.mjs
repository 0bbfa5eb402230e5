// What the check calls in the page.
import { runStudies, stopEndlessStudy } from './studies.mjs';

globalThis.runStudies = runStudies;
globalThis.stopEndlessStudy = stopEndlessStudy;

/** The same in a web worker, which starts the pool's workers itself. */
globalThis.runStudiesInWorker = (options) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      if (data.error) reject(new Error(data.error));
      else resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(options);
  });

/** The same, with the number of turns that the page's event loop got meanwhile. */
globalThis.runStudiesAndCountTurns = async (options) => {
  const { port1, port2 } = new MessageChannel();
  let turns = 0;
  port1.onmessage = () => {
    turns++;
    port2.postMessage(0);
  };
  port2.postMessage(0);
  const found = await runStudies(options);
  port1.close();
  return { ...found, turns };
};
