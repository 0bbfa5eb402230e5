import { preset } from '../vitest-preset.mjs';

// Packing, bundling and a browser, on machines that may be busy: the limits only catch what hangs.
export default preset({ testTimeout: 300_000, hookTimeout: 900_000 });
