/** Lets waiting events run, so that an abort signal gets its turn: promises alone never leave the microtask queue. */
export function letEventsThrough(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve);
  });
}
