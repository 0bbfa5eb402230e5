import { seededRng } from '@spinformer/numerics';
import { cpu, useBackend } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { chain, j1j2, measureState, optimizeState, transformerState } from '../../src/index.ts';
import { upSpins, type VmcOptions, vmcSettings } from '../../src/optimize/vmc-options.ts';
import { allSpins } from '../../src/sampling/full-sum.ts';

useBackend(cpu());
const rng = seededRng(1);
const settings = (options: Partial<VmcOptions>, sites = 36) => vmcSettings(sites, { rng, ...options });

describe('vmcSettings', () => {
  it('sums small systems and samples others', () => {
    expect(settings({}, 16)).toMatchObject({ samples: 'all', optimizer: 'spring', gramPrecision: 'float64' });
    expect(settings({})).toMatchObject({
      samples: 1024,
      chains: 256,
      draws: 4,
      optimizer: 'spring',
      exponent: 2,
    });
  });

  it('shortens steps as a sampled run goes on', () => {
    const { maximumStepNorm } = settings({});
    expect([0, 250, 1000].map(maximumStepNorm)).toEqual([1, 0.4, 0.4]);
    expect(settings({ maximumStepNorm: 2 }).maximumStepNorm(7)).toBe(2);
    expect(settings({}, 16).maximumStepNorm(0)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [{ samples: 0 }, /samples: must be a whole number of at least 1, got 0/],
    [{ samples: 100, chains: 64 }, /chains: 100 samples do not divide into 64/],
    [{ learningRate: -1 }, /learningRate: must be a positive number, got -1/],
    [{ diagonalShift: Number.NaN }, /diagonalShift: must be a positive number, got NaN/],
    [{ momentum: 1 }, /momentum: must lie in \[0, 1\), got 1/],
    [{ exponent: 0 }, /exponent: must lie in \(0, 2\], got 0/],
    [{ exponent: 3 }, /exponent: must lie in \(0, 2\], got 3/],
    [{ steps: 1.5 }, /steps: must be a whole number/],
    [{ maximumStepNorm: 0 }, /maximumStepNorm: must be positive/],
    [{ optimizer: 'newton' as never }, /optimizer: "newton" is unknown. Choose sr, spring/],
    [{ totalSz: 0.5 }, /totalSz: 36 sites have no sector of total S\^z 0.5/],
  ])('refuses %o', (options, message) => {
    expect(() => settings(options)).toThrow(message);
  });

  it('finds sectors', () => {
    expect(upSpins(9, 0.5)).toBe(5);
    expect(() => upSpins(9, 0)).toThrow(/half an odd number/);
    expect(() => allSpins(36, 18)).toThrow(/samples: 'all' would sum 9.08e\+9/);
  });
});

describe('optimizeState', () => {
  const hamiltonian = j1j2(chain(8), { j2: 0.5 });
  const wave = transformerState({ lattice: chain(8), width: 8, heads: 2, layers: 1 });
  const first = (options: Partial<VmcOptions>, state = wave) =>
    optimizeState(hamiltonian, state, { rng, samples: 16, ...options } as never).next();

  it('refuses another number of sites', async () => {
    const other = transformerState({ lattice: chain(10), width: 8, heads: 2, layers: 1 });
    await expect(first({}, other)).rejects.toThrow(/the wave function has 10 sites, the Hamiltonian 8/);
    await expect(measureState(hamiltonian, other, other.init(rng), { rng })).rejects.toThrow(/10 sites/);
  });

  it('refuses states of other models, and parts that do not exist', async () => {
    const { value } = await first({});
    const wider = transformerState({ lattice: chain(8), width: 16, heads: 2, layers: 1 });
    const { state } = value as never;
    await expect(first({ resume: state }, wider)).rejects.toThrow(/Build the same architecture/);
    await expect(first({ resume: state, samples: 32 })).rejects.toThrow(/the state has 4 chains/);
    await expect(first({ resume: state, optimizer: 'adam' })).rejects.toThrow(
      /of optimizer 'spring', not 'adam'/,
    );
    const elsewhere = optimizeState(j1j2(chain(8), { j2: 0.1 }), wave, { rng, samples: 16, resume: state });
    await expect(elsewhere.next()).rejects.toThrow(/pass its parameters as start/);
    await expect(first({ trainOnly: ['tail'] })).rejects.toThrow(
      /trainOnly: \["tail"\] is not in the parameter/,
    );
  });

  it('says what memory the derivatives would take', async () => {
    const ticks = optimizeState(hamiltonian, wave, { rng, samples: 16, memoryBudget: 1e4 });
    await ticks.next();
    await expect(ticks.next()).rejects.toThrow(/memoryBudget: the log-derivatives of \d+ samples/);
  });
});
