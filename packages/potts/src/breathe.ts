/** Lets timers, messages and cancellation in, between two stretches of synchronous work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
