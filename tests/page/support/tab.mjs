// A tab without a browser: the page's world with inpage.js, the isolated world with content.js, one event target
// between them, and a background whose channels the test holds in its hands.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const source = (name) => readFileSync(new URL(`../../../extension/${name}`, import.meta.url), 'utf8');
const INPAGE = new vm.Script(source('inpage.js'), { filename: 'inpage.js' });
const CONTENT = new vm.Script(source('content.js'), { filename: 'content.js' });

export const SEPOLIA = '0xaa36a7';
export const ALICE = '0x00000000000000000000000000000000000a11ce';
export const BOB = '0x0000000000000000000000000000000000000b0b';

/** Lets everything happen that can happen without a timer or an answer. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Timers and a clock that go when the test says so. */
function fakeClock() {
  let now = 0;
  let timers = [];
  return {
    now: () => now,
    setTimeout: (act, ms = 0, ...args) => void timers.push({ at: now + ms, act: () => act(...args) }),
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        await settle();
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = next.at;
        timers = timers.filter((timer) => timer !== next);
        next.act();
      }
      now = end;
    },
  };
}

/**
 * @param {object} [options]
 * @param {string} [options.before] script of the page's world that runs before inpage.js
 * @param {boolean} [options.content] whether content.js is there from the start
 * @param {string} [options.contentType]
 * @param {boolean} [options.prerendering]
 */
export function openTab({ before = '', content = true, contentType = 'text/html', prerendering = false } = {}) {
  const events = new EventTarget();
  const documentEvents = new EventTarget();
  const clock = fakeClock();
  const counts = { listeners: 0 };
  /** @type {Map<string, Set<Function>>} */
  const ofBrowser = new Map();
  const listen = (type, heard) => {
    counts.listeners += 1;
    events.addEventListener(type, heard);
    ofBrowser.set(type, (ofBrowser.get(type) ?? new Set()).add(heard));
  };
  /** @type {unknown[]} */
  const reported = [];
  const document = {
    contentType,
    prerendering,
    hidden: false,
    addEventListener: (type, heard) => documentEvents.addEventListener(type, heard),
  };
  const common = {
    addEventListener: listen,
    dispatchEvent: (event) => events.dispatchEvent(event),
    performance: { now: clock.now, addEventListener: listen, dispatchEvent: (event) => events.dispatchEvent(event) },
    setTimeout: clock.setTimeout,
    crypto: globalThis.crypto,
    CustomEvent,
    Event,
    document,
  };

  class MutationObserver {
    observe() {}
  }
  const page = vm.createContext({ ...common, MutationObserver, reportError: (error) => reported.push(error) });
  vm.runInContext('globalThis.window = globalThis', page);
  vm.runInContext(before, page);

  const background = fakeBackground();
  /** @type {(() => void)[]} */
  let contents = [];
  const injectContent = () => {
    const addEventListener = (type, heard) => {
      listen(type, heard);
      contents.push(() => {
        events.removeEventListener(type, heard);
        ofBrowser.get(type)?.delete(heard);
      });
    };
    const isolated = vm.createContext({
      ...common,
      addEventListener,
      performance: { ...common.performance, addEventListener },
      chrome: background.chrome,
    });
    CONTENT.runInContext(isolated);
  };
  /** As Firefox does when the extension goes: nothing of the script runs any more. */
  const endContent = () => {
    for (const end of contents) end();
    contents = [];
  };

  INPAGE.runInContext(page);
  if (content) injectContent();

  return {
    background,
    clock,
    counts,
    document,
    events,
    injectContent,
    endContent,
    reported,
    get ethereum() {
      return page.ethereum;
    },
    /** Runs a script in the page's world. */
    run: (script) => vm.runInContext(script, page),
    window: page,
    /** An event of the browser's own, which nothing but a browser can make. */
    fire: (type, more = {}) => {
      for (const heard of ofBrowser.get(type) ?? []) heard({ type, isTrusted: true, ...more });
    },
    /** An event as the page makes one up. */
    forge: (type, more = {}) => events.dispatchEvent(Object.assign(new Event(type), more)),
    /** Somebody sees the page, or nobody does any more. */
    show: (shown) => {
      document.hidden = !shown;
      documentEvents.dispatchEvent(new Event('visibilitychange'));
    },
    activate: () => {
      document.prerendering = false;
      documentEvents.dispatchEvent(new Event('prerenderingchange'));
    },
    /** Records what an event brings, as `[name, value]`. */
    heard: (...names) => {
      const log = [];
      for (const name of names) page.ethereum.on(name, (value) => log.push([name, plain(value)]));
      return log;
    },
  };
}

/** A value of another realm as one of this. */
export const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** How a promise of the page's realm ended: `{ result }` or `{ error: { code, message, data? } }`. */
export function outcome(promise) {
  return promise.then(
    (result) => ({ result: plain(result) }),
    ({ code, message, data }) => ({ error: { code, message, ...(data !== undefined && { data: plain(data) }) } }),
  );
}

function fakeBackground() {
  /** @type {{ message: any, text: string, reply: (answer: unknown) => void, close: () => void }[]} */
  const received = [];
  const listeners = [];
  /** @type {((message: any) => unknown) | null} what answers at once, if anything */
  let auto = null;
  const runtime = {
    id: 'candor',
    onMessage: { addListener: (listener) => listeners.push(listener) },
    sendMessage: (text) => {
      if (!runtime.id) throw new Error('Extension context invalidated.');
      return new Promise((resolve, reject) => {
        const [[page, facts]] = Object.entries(JSON.parse(text));
        const message = { page, ...facts };
        const entry = {
          message,
          text,
          reply: (answer) => resolve(typeof answer === 'string' ? answer : JSON.stringify(answer)),
          close: () => reject(new Error('The message channel closed before a response was received.')),
          vanish: () => resolve(undefined),
        };
        received.push(entry);
        const answer = auto?.(message);
        if (answer !== undefined) entry.reply(answer);
      });
    },
  };
  return {
    chrome: { runtime },
    received,
    listeners,
    /** Requests of the page itself, without what content.js asks on its own. */
    requests: () => received.filter(({ message }) => message.page === 'request' && message.n !== 1),
    greetings: () => received.filter(({ message }) => message.method === 'eth_chainId' && message.hello),
    answerAll: (answer) => void (auto = answer),
    push: (message, sender = { id: 'candor' }) => {
      for (const listener of listeners) listener(JSON.stringify(message), sender);
    },
    die: () => void (runtime.id = undefined),
  };
}
