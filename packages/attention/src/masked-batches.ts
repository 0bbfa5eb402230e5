import type { Configurations, Rng } from '@spinformer/numerics';

/**
 * Which sequences make up batch number `step`: the data in a new random order each epoch, cut into batches of one size
 * (the last one of an epoch may be smaller). A function of the stream's key and the step alone, so that a resumed run
 * sees the same batches.
 */
export class BatchOrder {
  private readonly samples: number;
  private readonly batch: number;
  private readonly rng: Rng;
  private epoch = -1;
  private order: Int32Array = new Int32Array(0);

  constructor(data: Configurations, batch: number, rng: Rng) {
    this.samples = data.samples;
    this.batch = batch;
    this.rng = rng;
  }

  /** Indices of the sequences in the batch of `step`, counted from 0. */
  indices(step: number): Int32Array {
    const perEpoch = Math.ceil(this.samples / this.batch);
    this.enter(Math.floor(step / perEpoch));
    const begin = (step % perEpoch) * this.batch;
    return this.order.subarray(begin, begin + this.batch);
  }

  private enter(epoch: number): void {
    if (epoch === this.epoch) return;
    this.epoch = epoch;
    this.order = shuffled(this.samples, this.rng.fork(`epoch ${epoch}`));
  }
}

/** 0…length−1 in a uniformly random order. */
function shuffled(length: number, rng: Rng): Int32Array {
  const order = Int32Array.from({ length }, (_, k) => k);
  for (let k = length - 1; k > 0; k--) {
    const other = rng.integer(k + 1);
    const former = order[k];
    order[k] = order[other];
    order[other] = former;
  }
  return order;
}
