/** Return the seconds that a `Retry-After` header asks for (seconds or a date); null without a readable one. */
export function retryAfter(header: string | null, now: number = Date.now()): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? null : Math.max(0, (moment - now) / 1000);
}

/** Return the seconds to wait before attempt `number` (from 0): doubling, with chance, so that clients do not return together. */
export function backOff(number: number, longest: number): number {
  return Math.min(longest, 0.5 * 2 ** number) * (0.5 + Math.random() / 2);
}

/** Wait for some seconds; reject when the signal is aborted. */
export function pause(seconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
