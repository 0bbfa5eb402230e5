import type { Channel } from './channel.ts';

/** ½ (y − g)² with y = g* + N(0, noise): all averages in closed form. */
export function squaredLoss(teacherVariance: number, noise: number): Channel {
  const misfit = (m: number, q: number) => teacherVariance - 2 * m + q + noise;
  const channel: Channel = {
    average: (m, q, v) => ({
      mHat: 1 / (1 + v),
      qHat: misfit(m, q) / (1 + v) ** 2,
      vHat: 1 / (1 + v),
      trainingLoss: misfit(m, q) / (2 * (1 + v) ** 2),
      envelope: misfit(m, q) / (2 * (1 + v)),
    }),
    test: (m, q) => ({ generalizationLoss: misfit(m, q) / 2 }),
    finer: () => channel,
  };
  return channel;
}
