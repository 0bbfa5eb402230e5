import { duration } from './duration.ts';
import type { Terminal } from './terminal.ts';

/** Where a long computation stands. */
export interface ProgressReport {
  /** What is being done: `sampling`. */
  readonly phase: string;
  /** Fraction that is done, 0…1; absent where the end is not known. */
  readonly fraction?: number;
  /** Numbers worth watching: `loss 1.234`. */
  readonly detail?: string;
}

/** Shows where a long computation stands, on standard error. */
export interface Progress {
  update(report: ProgressReport): void;
  /** A line that stays. */
  say(line: string): void;
  stop(): void;
}

const BAR = 24;
const REDRAW_SECONDS = 0.1;
const LINE_SECONDS = 5;

/** A live line with a bar on a terminal; elsewhere a plain line now and then. */
export async function startProgress(terminal: Terminal): Promise<Progress> {
  if (terminal.quiet) return { update: () => undefined, say: () => undefined, stop: () => undefined };
  return terminal.isInteractive ? liveProgress(terminal) : plainProgress(terminal);
}

async function liveProgress(terminal: Terminal): Promise<Progress> {
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: process.stderr, discardStdin: false, color: 'cyan' }).start();
  const clock = new Countdown();
  let drawnAt = 0;
  return {
    update: (report) => {
      clock.observe(report);
      if (performance.now() - drawnAt < 1000 * REDRAW_SECONDS) return;
      drawnAt = performance.now();
      const bar = report.fraction === undefined ? '' : `${drawBar(report.fraction)} `;
      spinner.text = `${bar}${report.phase} ${terminal.style.dim(clock.describe(report))}`;
      // The work may keep the event loop busy, so that the spinner's own timer would never draw.
      spinner.render();
    },
    say: (line) => {
      spinner.clear();
      process.stderr.write(`${line}\n`);
    },
    stop: () => spinner.stop(),
  };
}

function plainProgress(terminal: Terminal): Progress {
  const clock = new Countdown();
  let phase = '';
  let saidAt = performance.now();
  return {
    update: (report) => {
      clock.observe(report);
      const isNew = report.phase !== phase;
      if (!isNew && performance.now() - saidAt < 1000 * LINE_SECONDS) return;
      phase = report.phase;
      saidAt = performance.now();
      const percent =
        report.fraction === undefined ? '' : `${String(Math.floor(100 * report.fraction)).padStart(3)} %  `;
      terminal.note(`${percent}${report.phase}  ${clock.describe(report)}`.trimEnd());
    },
    say: (line) => terminal.note(line),
    stop: () => undefined,
  };
}

/** Estimates the time that is left from how fast the fraction has grown since it was first seen. */
class Countdown {
  private readonly began = performance.now();
  private first: { at: number; fraction: number } | undefined;

  observe({ fraction }: ProgressReport): void {
    if (fraction !== undefined) this.first ??= { at: performance.now(), fraction };
  }

  describe({ fraction, detail }: ProgressReport): string {
    const parts = detail ? [detail] : [];
    const elapsed = (performance.now() - this.began) / 1000;
    if (elapsed >= 1) parts.push(duration(elapsed));
    const left = this.secondsLeft(fraction);
    if (left !== undefined) parts.push(`about ${duration(left)} left`);
    return parts.join(' · ');
  }

  private secondsLeft(fraction: number | undefined): number | undefined {
    if (fraction === undefined || !this.first || fraction >= 1) return undefined;
    const gained = fraction - this.first.fraction;
    const seconds = (performance.now() - this.first.at) / 1000;
    return gained > 0.01 && seconds > 2 ? (seconds * (1 - fraction)) / gained : undefined;
  }
}

function drawBar(fraction: number): string {
  const full = Math.round(BAR * Math.min(1, Math.max(0, fraction)));
  return `${'━'.repeat(full)}${'┄'.repeat(BAR - full)} ${String(Math.floor(100 * fraction)).padStart(3)} %`;
}
