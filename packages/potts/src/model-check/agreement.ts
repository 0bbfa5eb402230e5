/** How well one list of statistics agrees with another: the numbers, and points for a figure. */
export interface Agreement {
  /** Correlation of the two lists; NaN where one is constant. */
  readonly pearson: number;
  /** Slope of the samples' statistic as a linear function of the data's. */
  readonly slope: number;
  /** Root mean square difference. */
  readonly rmse: number;
  /** Statistics that were compared. */
  readonly count: number;
  /** Evenly chosen pairs (data, samples), for a scatter figure. */
  readonly points: { readonly data: Float64Array; readonly samples: Float64Array };
}

/** Compares statistics as they come, without keeping them. */
export class AgreementSums {
  private count = 0;
  private x = 0;
  private y = 0;
  private xx = 0;
  private yy = 0;
  private xy = 0;
  private readonly stride: number;
  private readonly pointsX: number[] = [];
  private readonly pointsY: number[] = [];

  /**
   * @param expected how many statistics will come.
   * @param points how many of them are kept for figures, about.
   */
  constructor(expected: number, points: number) {
    this.stride = Math.max(1, Math.floor(expected / Math.max(1, points)));
  }

  /** Adds all of two equally long lists. */
  addAll(data: ArrayLike<number>, samples: ArrayLike<number>): void {
    for (let k = 0; k < data.length; k++) this.add(data[k], samples[k]);
  }

  add(x: number, y: number): void {
    if (this.count % this.stride === 0) {
      this.pointsX.push(x);
      this.pointsY.push(y);
    }
    this.count++;
    this.x += x;
    this.y += y;
    this.xx += x * x;
    this.yy += y * y;
    this.xy += x * y;
  }

  result(): Agreement {
    const n = this.count;
    const [x, y] = [this.x / n, this.y / n];
    const covariance = this.xy / n - x * y;
    const [varianceX, varianceY] = [this.xx / n - x * x, this.yy / n - y * y];
    return {
      pearson: varianceX > 0 && varianceY > 0 ? covariance / Math.sqrt(varianceX * varianceY) : Number.NaN,
      slope: covariance / varianceX,
      rmse: Math.sqrt(Math.max(0, (this.xx - 2 * this.xy + this.yy) / n)),
      count: n,
      points: { data: Float64Array.from(this.pointsX), samples: Float64Array.from(this.pointsY) },
    };
  }
}
