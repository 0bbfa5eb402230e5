import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/errors/exit-codes.ts';
import { checkMemory, memoryText } from '../../src/handlers/infer/check-memory.ts';
import type { CommandContext } from '../../src/spec/command-context.ts';

const said: string[] = [];
const context = { terminal: { note: (text: string) => said.push(text) } } as unknown as CommandContext;

describe('memory of a computation', () => {
  it('is said before it starts', () => {
    checkMemory(context, 3 * 2 ** 20, 'Use less.');
    expect(said).toEqual(['Needs up to 3 MiB of memory']);
  });

  it('is refused with code 5 and what helps, when the machine has less', () => {
    const refusal = () => checkMemory(context, 2 * totalmem(), 'Leave out columns.');
    expect(refusal).toThrow(
      /this needs about .* GiB of memory, and this machine has .* GiB\. Leave out columns\./,
    );
    try {
      refusal();
    } catch (error) {
      expect(exitCodeOf(error)).toBe(5);
    }
  });

  it('reads well', () => {
    expect([memoryText(1), memoryText(300 * 2 ** 20), memoryText(2.5 * 2 ** 30)]).toEqual([
      '1 MiB',
      '300 MiB',
      '2.50 GiB',
    ]);
  });
});
