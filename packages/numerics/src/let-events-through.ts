/**
 * Lets waiting events run between two stretches of computation: an abort signal, a timer, a key press, a drawing, the
 * start of a worker. Promises alone never leave the microtask queue. A message does it in browsers, because they make
 * nested timers wait 4 ms, and a second in a hidden tab.
 */
export function letEventsThrough(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
