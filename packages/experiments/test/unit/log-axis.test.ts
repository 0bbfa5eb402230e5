import { describe, expect, it } from 'vitest';
import { logAxis, superscript } from '../../src/shared/figures/log-axis.ts';

describe('logAxis', () => {
  it('has a grid line for each power of ten where there are many', () => {
    const { ticks, tickFormat } = logAxis([3e-5, 0.4]);
    expect(ticks.map(tickFormat)).toEqual(['10⁻⁴', '10⁻³', '0.01', '0.1']);
  });

  it('has more where there is hardly a power of ten', () => {
    const { ticks, tickFormat, domain } = logAxis([2e-4, 9e-4], 1.5);
    expect(ticks.map(tickFormat)).toEqual(['2·10⁻⁴', '5·10⁻⁴', '10⁻³']);
    expect(domain[0]).toBeLessThan(2e-4);
    expect(domain[1]).toBeGreaterThan(9e-4);
  });

  it('raises digits', () => {
    expect(superscript(-12)).toBe('⁻¹²');
    expect(superscript(0)).toBe('⁰');
  });
});
