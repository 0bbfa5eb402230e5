import { runStudies } from './studies.mjs';

globalThis.onmessage = async ({ data }) => {
  try {
    postMessage(await runStudies(data));
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error) });
  }
};
