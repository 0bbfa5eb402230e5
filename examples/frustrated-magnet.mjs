// A transformer finds the ground state of the frustrated 4×4 magnet; the exact energy stands beside it.
//
//   node frustrated-magnet.mjs

import { seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import {
  diagonalize,
  j1j2,
  optimizeState,
  square,
  symmetrize,
  transformerState,
} from '@spinformer/transformer-vqs';

useBackend(await wasm());
const lattice = square(4);
const h = j1j2(lattice, { j2: 0.5 });
const wave = transformerState({ lattice, patch: 1, width: 12, heads: 4, layers: 2 });
const even = symmetrize(wave, { lattice, pointGroup: true, spinFlip: 1 });
let energy;
for await (const tick of optimizeState(h, even, { rng: seededRng(1), steps: 30 })) energy = tick.energy;
console.log(`transformer ${energy.mean.toFixed(6)}  exact ${diagonalize(h).energiesPerSite[0].toFixed(6)}`);
