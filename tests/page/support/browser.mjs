// The parts of a browser that the background uses, in memory, with failures where the test wants them.

/** An event that the test can make happen. */
function eventSource() {
  const listeners = [];
  const event = (...args) => listeners.map((listener) => listener(...args));
  event.addListener = (listener) => listeners.push(listener);
  event.listeners = listeners;
  return event;
}

/** @param {string[]} log what happened outside, in order */
function storageArea(name, log, browser) {
  const data = {};
  /** @type {Record<string, 'fails' | 'hangs'>} by key, or `*` */
  const faults = {};
  const suffer = (key) => {
    const fault = faults[key] ?? faults['*'];
    if (fault === 'fails') throw new Error('The disk is full.');
    return fault === 'hangs' ? new Promise(() => {}) : undefined;
  };
  return {
    data,
    faults,
    get: async (key) => {
      await suffer(key);
      return key in data ? { [key]: data[key] } : {};
    },
    set: async (items) => {
      const [key] = Object.keys(items);
      await suffer(key);
      await browser.writing;
      Object.assign(data, items);
      log.push(`${name}.${key}=${items[key]}`);
    },
    remove: async (key) => {
      await suffer(key);
      delete data[key];
      log.push(`${name}.${key} removed`);
    },
    getKeys: async () => {
      await suffer('getKeys');
      return Object.keys(data);
    },
    setAccessLevel: async ({ accessLevel }) => void log.push(`${name} for ${accessLevel}`),
  };
}

/** Puts a fresh browser into `globalThis` and returns what the test can see and do. */
export function installBrowser() {
  /** @type {string[]} */
  const log = [];
  const browser = {
    log,
    writing: Promise.resolve(),
    windows: 0,
    windowFault: null,
    mirror: new Map(),
    mirrorFault: null,
  };
  const chrome = {
    runtime: {
      id: 'candor',
      getURL: (path) => `chrome-extension://candor/${path}`,
      onMessage: eventSource(),
      onInstalled: eventSource(),
      onStartup: eventSource(),
      sendMessage: async (body) => {
        log.push(`notice ${body}`);
        throw new Error('Could not establish connection. Receiving end does not exist.');
      },
    },
    storage: { local: storageArea('local', log, browser), session: storageArea('session', log, browser) },
    windows: {
      onRemoved: eventSource(),
      get: async () => ({ left: 100, top: 50, width: 1200, height: 800 }),
      create: async (data) => {
        log.push(`window at ${data.left ?? '-'},${data.top ?? '-'}`);
        if (browser.windowFault?.(data)) throw new Error('Invalid value for bounds.');
        return { id: 70 + ++browser.windows };
      },
      update: async (id) => void log.push(`focus ${id}`),
      remove: async (id) => void log.push(`close ${id}`),
    },
    tabs: {
      onRemoved: eventSource(),
      get: async (id) => {
        if (id === 404) throw new Error('No tab with id: 404.');
        return { windowId: 1 };
      },
      query: async () => [{ id: 3 }, { id: 4 }],
      create: async ({ url }) => void log.push(`tab ${url}`),
      sendMessage: async (tab, body, { frameId }) => void log.push(`push ${tab}/${frameId} ${body}`),
    },
    idle: { onStateChanged: eventSource() },
    commands: { onCommand: eventSource() },
    alarms: {
      onAlarm: eventSource(),
      create: async (name, { when }) => void log.push(`alarm ${name} at ${when}`),
      clear: async (name) => void log.push(`alarm ${name} cleared`),
    },
    action: { setBadgeText: async ({ text }) => void log.push(`badge ${text}`) },
  };
  class Notification {
    static permission = 'granted';
    onclick = () => {};
    constructor(title, { body, tag, data }) {
      this.data = data;
      log.push(`notify ${title} ${body} ${tag}`);
      browser.notification = this;
    }
    close() {
      log.push('notification closed');
    }
  }
  const pressed = eventSource();
  const addEventListener = (/** @type {string} */ name, /** @type {Function} */ hear) => {
    if (name === 'notificationclick') pressed.addListener(hear);
  };
  Object.assign(browser, { pressed });
  Object.assign(globalThis, { Notification, addEventListener });
  globalThis.chrome = /** @type {any} */ (chrome);
  globalThis.indexedDB = /** @type {any} */ (database(browser));
  return Object.assign(browser, { chrome });
}

/** As much of IndexedDB as one key needs. */
function database(browser) {
  const later = (request, result) => {
    request.result = result;
    setImmediate(() => request.onsuccess?.());
    return request;
  };
  return {
    open: () => {
      if (browser.mirrorFault === 'hangs') return {};
      const request = {};
      if (browser.mirrorFault === 'fails') setImmediate(() => request.onerror());
      else
        later(request, {
          close: () => {},
          transaction: () => {
            const transaction = {
              objectStore: () => ({
                get: (key) => ({ result: browser.mirror.get(key) }),
                put: (value, key) => {
                  browser.log.push(`mirror=${value}`);
                  browser.mirror.set(key, value);
                  return {};
                },
              }),
            };
            setImmediate(() => transaction.oncomplete());
            return transaction;
          },
        });
      return request;
    },
  };
}

/** Lets everything happen that can happen without a timer. */
export async function quiet() {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Replaces the timers until the test ends; `tick` lets those go off that are due within `ms`. */
export function holdTimers(t) {
  const { setTimeout, clearTimeout } = globalThis;
  t.after(() => Object.assign(globalThis, { setTimeout, clearTimeout }));
  const timers = new Map();
  let last = 0;
  globalThis.setTimeout = /** @type {any} */ ((act, ms) => (timers.set(++last, { act, ms }), last));
  globalThis.clearTimeout = /** @type {any} */ ((timer) => void timers.delete(timer));
  return {
    tick: (limit) => {
      for (const [timer, { act, ms }] of [...timers]) if (ms <= limit && timers.delete(timer)) act();
    },
  };
}
