// Alarms, and timers for those that are due sooner than browsers set alarms for.

/** Browsers set no alarm nearer than half a minute; what is nearer is kept by a timer as well, while the worker lives. */
const NEAR_MS = 25_000;

/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map();

/**
 * @param {{ name: string, atMs: number }} alarm
 * @param {(event: Host.Event) => void} report
 */
export function setAlarm({ name, atMs }, report) {
  clearTimeout(timers.get(name));
  const left = atMs - Date.now();
  if (left > 0 && left < NEAR_MS) timers.set(name, setTimeout(() => report({ alarm: { name } }), left));
  return chrome.alarms.create(name, { when: atMs });
}

/** @param {string} name */
export function clearAlarm(name) {
  clearTimeout(timers.get(name));
  return chrome.alarms.clear(name);
}
