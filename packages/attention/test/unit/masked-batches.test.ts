import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { BatchOrder } from '../../src/masked-batches.ts';

const data = { samples: 10, sites: 1, states: 2, values: new Int32Array(10) };

describe('BatchOrder', () => {
  it('visits every sequence once an epoch, in another order each time', () => {
    const order = new BatchOrder(data, 4, seededRng(1));
    const epochs = [0, 1].map((epoch) => [0, 1, 2].flatMap((k) => [...order.indices(3 * epoch + k)]));
    for (const epoch of epochs)
      expect([...epoch].sort((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(order.indices(2)).toHaveLength(2);
  });

  it('depends on the stream and the step alone', () => {
    const forwards = new BatchOrder(data, 4, seededRng(2));
    for (let step = 0; step < 7; step++) forwards.indices(step);
    expect([...new BatchOrder(data, 4, seededRng(2)).indices(4)]).toEqual([...forwards.indices(4)]);
  });
});
