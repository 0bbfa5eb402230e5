import { seededRng } from '@spinformer/numerics';
import * as backends from '@spinformer/tensor';
import { dispose, useBackend } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { factoredAttention } from '../../src/factored-attention.ts';
import { compareColours, relativeCouplingError } from '../../src/relative-coupling-error.ts';
import { readFactoredLayer, toPotts } from '../../src/to-potts.ts';
import { parametersFromState } from '../../src/train-state.ts';
import { exactConditionalLoss, fullCouplings, gaussianPotts, heatBath } from '../helpers/set-a.ts';
import { lastTick } from '../helpers/train.ts';

const SITES = 20;
const STATES = 10;
const TEST_SEQUENCES = 3000;
const SWEEPS = 100;

/** Table 1.5 of the specification, numpy and scipy's L-BFGS; test loss and |W − W*|²/|W*|², for one draw of J and U. */
const GOLDEN = [
  { sequences: 300, known: { test: 1.9253, error: 0.1165 }, learned: { test: 1.9332, error: 0.139 } },
  { sequences: 1000, known: { test: 1.8963, error: 0.0295 }, learned: { test: 1.8988, error: 0.0352 } },
  { sequences: 3000, known: { test: 1.8891, error: 0.009 }, learned: { test: 1.89, error: 0.0116 } },
];
