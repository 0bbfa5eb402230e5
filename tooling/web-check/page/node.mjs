// The same studies in Node, unbundled. The runtime's options come as JSON, results leave as JSON.
import { runStudies } from './studies.mjs';

console.log(JSON.stringify(await runStudies(JSON.parse(process.argv[2]))));
