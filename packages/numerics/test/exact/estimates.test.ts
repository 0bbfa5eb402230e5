import { estimate, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

/** x′ = φ x + noise: variance 1/(1 − φ²), autocorrelation φ^t, hence τ = (1 + φ)/(1 − φ). */
function autoregressive(name: string, phi: number, chains: number, draws: number): Float64Array {
  const rng = seededRng('autoregressive').fork(name);
  const samples = new Float64Array(chains * draws);
  for (let chain = 0; chain < chains; chain++) {
    let x = rng.normal() / Math.sqrt(1 - phi * phi);
    for (let draw = 0; draw < draws; draw++) samples[chain * draws + draw] = x = phi * x + rng.normal();
  }
  return samples;
}

/** τ is known to about √(τ/draws)·4 relative. With 40,000 draws, 15 % is more than four of its errors up to φ = 0.95. */
const TAU_ERROR = 0.15;

describe('estimate on autoregressive chains', () => {
  it.each([-0.5, 0, 0.5, 0.9, 0.95])('finds the autocorrelation time for φ = %d', (phi) => {
    const result = estimate(autoregressive('tau', phi, 4, 20_000), 4);
    const tau = (1 + phi) / (1 - phi);
    expect(Math.abs(result.autocorrelationTime / tau - 1)).toBeLessThan(TAU_ERROR);
    expect(Math.abs(result.variance * (1 - phi * phi) - 1)).toBeLessThan(TAU_ERROR);
    expect(result.effectiveSamples).toBe(80_000 / result.autocorrelationTime);
    expect(result.rHat).toBeLessThan(1.01);
  });

  it('gives errors that cover the truth as often as they should', () => {
    let within = 0;
    for (let run = 0; run < 300; run++) {
      const { mean, standardError } = estimate(autoregressive(`run-${run}`, 0.8, 2, 1000), 2);
      if (Math.abs(mean) < standardError) within++;
    }
    // 68.3 % of 300 is 205 ± 8; four errors, and a little for τ being estimated itself.
    expect(within).toBeGreaterThan(168);
    expect(within).toBeLessThan(240);
  });

  it('sees a chain that has not arrived', () => {
    const samples = autoregressive('drift', 0.5, 4, 1000);
    for (let draw = 0; draw < 1000; draw++) samples[draw] += 3;
    expect(estimate(samples, 4).rHat).toBeGreaterThan(1.1);
  });

  it('sees a drift within one chain, by splitting it', () => {
    const samples = autoregressive('slope', 0, 1, 1000).map((value, draw) => value + draw / 250);
    expect(estimate(samples).rHat).toBeGreaterThan(1.1);
  });
});
