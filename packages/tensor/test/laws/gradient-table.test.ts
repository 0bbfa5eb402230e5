import { describe, expect, it } from 'vitest';
import { RULES, WITHOUT_RULE } from '../../src/autodiff/rules/table.ts';
import { type BinaryOp, cpu, type KernelName, type UnaryOp } from '../../src/index.ts';
import { GRADIENT_CASES } from '../../src/testing/index.ts';

/** Tried under another name, or not a kernel: reshape shares memory. */
const NOT_KERNELS = new Set(['reshape']);

describe('the table of gradient rules', () => {
  const kernels = Object.keys(cpu().kernels) as KernelName[];

  it('has a rule for every kernel, or says why not', () => {
    const missing = kernels.filter((kernel) => !(kernel in RULES) && WITHOUT_RULE[kernel] === undefined);
    expect(missing).toEqual([]);
  });

  it('has no rule for what is no kernel', () => {
    const names: readonly string[] = kernels;
    expect(Object.keys(RULES).filter((name) => !names.includes(name) && !NOT_KERNELS.has(name))).toEqual([]);
  });

  it('is tried against central differences rule by rule', () => {
    const tried = new Set(GRADIENT_CASES.map((test) => test.primitive));
    expect(Object.keys(RULES).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('names each rule as its kernel', () => {
    for (const [name, rule] of Object.entries(RULES)) expect(rule.primitive).toBe(name);
  });

  it('is tried for every function of one and of two operands', () => {
    const titles = GRADIENT_CASES.map((test) => test.title.split(' ')[0]);
    const unary: Record<UnaryOp, true> = {
      neg: true,
      abs: true,
      sign: true,
      square: true,
      sqrt: true,
      reciprocal: true,
      exp: true,
      log: true,
      tanh: true,
      sigmoid: true,
      relu: true,
      gelu: true,
      softplus: true,
      sin: true,
      cos: true,
      logCosh: true,
    };
    const binary: Record<Exclude<BinaryOp, 'equal' | 'greater'>, true> = {
      add: true,
      sub: true,
      mul: true,
      div: true,
      maximum: true,
      minimum: true,
      pow: true,
    };
    for (const op of Object.keys({ ...unary, ...binary })) expect(titles).toContain(op);
  });
});
