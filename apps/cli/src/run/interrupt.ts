import { EXIT } from '../errors/exit-codes.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Ctrl-C and SIGTERM as an abort signal while a run is at work. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Changes what the first signal is answered with. */
  announce(answer: string): void;
  /** Gives the signals back to the system. */
  release(): void;
}

/** The first signal asks the run to save its state and stop; the second one leaves at once. */
export function listenForInterrupt(terminal: Terminal): Interrupt {
  const controller = new AbortController();
  let answer = 'Stopping after this step and saving the state. Press Ctrl-C again to leave at once.';
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    terminal.note(`\n${answer}`);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    announce: (text) => {
      answer = text;
    },
    release: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
