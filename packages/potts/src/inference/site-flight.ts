import { letEventsThrough } from '@spinformer/numerics';
import type { SiteProblem } from './site-problem.ts';
import { SiteSlot, type SiteStopping } from './site-slot.ts';

/** Sites in flight at a time: enough for the threads to share, few enough for their vectors to stay in the cache. */
export const SITES_IN_FLIGHT = 16;

/** Takes sites through their fits, several side by side; a site that is done makes room for the next one. */
export class SiteFlight {
  private readonly problem: SiteProblem;
  private readonly slots: readonly SiteSlot[];
  private readonly waiting: number[];
  private flying: SiteSlot[] = [];

  /** @param waiting the sites to fit, in this order. */
  constructor(problem: SiteProblem, waiting: readonly number[]) {
    const count = Math.min(SITES_IN_FLIGHT, problem.memory.data.sites);
    this.problem = problem;
    this.slots = Array.from({ length: count }, () => new SiteSlot(problem));
    this.waiting = [...waiting];
  }

  /** Runs trial steps until at least one site is done, and hands over each that is. */
  async advance(
    stopping: SiteStopping & { readonly signal?: AbortSignal },
    store: (slot: SiteSlot) => void,
  ): Promise<void> {
    this.launch();
    for (let finished = 0; finished === 0 && !stopping.signal?.aborted; ) {
      this.flying.forEach((slot, place) => {
        slot.prepare(place);
      });
      this.problem.run(
        this.flying.length,
        this.flying.reduce((last, { site }) => Math.max(last, site), 0),
      );
      const landed = this.flying.filter((slot, place) => slot.judge(place, stopping));
      landed.forEach(store);
      this.flying = this.flying.filter((slot) => !landed.includes(slot));
      finished = landed.length;
      await letEventsThrough();
    }
  }

  private launch(): void {
    for (const slot of this.slots) {
      if (this.flying.includes(slot)) continue;
      const site = this.waiting.shift();
      if (site === undefined) return;
      slot.begin(site);
      this.flying.push(slot);
    }
  }
}
