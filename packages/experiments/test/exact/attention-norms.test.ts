import { factoredAttention, readFactoredLayer, toPotts } from '@spinformer/attention';
import { seededRng } from '@spinformer/numerics';
import { contactScores } from '@spinformer/potts';
import { cpu, dispose, useBackend } from '@spinformer/tensor';
import { expect, it } from 'vitest';
import { attentionNorms } from '../../src/family/attention-norms.ts';

it('gives the norms of the couplings without forming them', async () => {
  useBackend(cpu());
  const model = factoredAttention({ sites: 5, states: 4, heads: 3 });
  const parameters = model.init(seededRng(4), 'float64');
  const norms = attentionNorms(await readFactoredLayer(model, parameters));
  const expected = contactScores(await toPotts(model, parameters), { correction: 'none' });
  dispose(parameters);
  norms.forEach((value, k) => {
    expect(value).toBeCloseTo(expected[k], 10);
  });
});
