// background.js and its modules: a fake wallet core inside, a fake browser outside.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, mock, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import './support/modules.mjs';
import { holdTimers, installBrowser, quiet } from './support/browser.mjs';

const extension = new URL('../../extension/', import.meta.url);
const load = (path) => import(new URL(path, extension).href);
installBrowser();
const { Host } = await load('./background/host.js');
const { Channels } = await load('./background/channels.js');
const { readMirror } = await load('./background/vault-mirror.js');

/** The mirror's module as a worker that just started has it. */
let copies = 0;
const freshMirror = () => load(`./background/vault-mirror.js?copy=${++copies}`);

let browser;
let core;
let channels;
let host;
let answers;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** A core that the test scripts: `core.answer(event)` gives the effects, or throws like a panic. */
function fakeCore() {
  const fake = { wakings: 0, discarded: 0, events: [], answer: () => [], atWaking: () => [], make: () => {} };
  fake.wake = async () => {
    fake.wakings += 1;
    fake.make();
    return {
      core: {
        takeEffects: () => JSON.stringify(fake.atWaking()),
        handle: (text) => {
          const [[name, facts]] = Object.entries(JSON.parse(text));
          const event = { event: name, ...facts };
          fake.events.push(event);
          return JSON.stringify(fake.answer(event));
        },
        free: () => {},
      },
      discard: () => void (fake.discarded += 1),
    };
  };
  return fake;
}

beforeEach(async () => {
  browser = installBrowser();
  // The core has woken from what is stored: the mirror was read.
  await readMirror().catch(() => {});
  core = fakeCore();
  channels = new Channels();
  host = new Host(() => core.wake(), channels);
  answers = [];
});

const PAGE = false;
const SURFACE = true;

/** A message from a page or a surface; returns what it was answered, once it was. */
function send(text, from = PAGE) {
  const answer = { text, body: undefined };
  const reply = channels.open(from, (body) => {
    answer.body = JSON.parse(body);
    answers.push(text);
    browser.log.push(`answer ${text}`);
  });
  host.receive({ message: { sender: {}, text, reply } }, from === SURFACE ? 'first' : 'inTurn');
  return answer;
}

const RESULT = { outcome: { result: 1 } };
const reply = (event, body = RESULT) => ({ do: 'reply', to: event.reply, body: JSON.stringify(body) });
const store = (key, value, area = 'local') => ({ do: 'store', area, key, value });
const panic = () => {
  throw new WebAssembly.RuntimeError('unreachable');
};
const errorOf = ({ body }) => body?.outcome?.error?.code ?? body?.err?.code;

describe('effects', () => {
  test('each is one act of the browser, in order', async () => {
    core.answer = (event) => [
      store('sites', 'x'),
      store('requests', null, 'session'),
      { do: 'storeVault', copy: 'b', frame: 'sealed' },
      reply(event),
      { do: 'push', tab: 3, frame: 0, body: '{}' },
      { do: 'notice', body: '{"notice":"sites"}' },
      { do: 'focusWindow', window: 9 },
      { do: 'closeWindow', window: 9 },
      { do: 'setAlarm', name: 'lock', atMs: 5 },
      { do: 'clearAlarm', name: 'watch' },
      { do: 'badge', text: '2' },
      { do: 'notify', tag: '0xab', title: 'It is done.', text: 'Send 1 ETH.', route: '#/transaction/0xab' },
    ];
    const answer = send('go');
    await quiet();
    assert.deepEqual(browser.log, [
      'local.sites=x',
      'session.requests removed',
      'local.vault.b=sealed',
      'mirror=sealed',
      'answer go',
      'push 3/0 {}',
      'notice {"notice":"sites"}',
      'focus 9',
      'close 9',
      'alarm lock at 5',
      'alarm watch cleared',
      'badge 2',
      'notify It is done. Send 1 ETH. 0xab',
    ]);
    assert.deepEqual(answer.body, { outcome: { result: 1 } });
  });

  test('a record and its copy are one write', async () => {
    core.answer = () => [{ ...store('sites', 'x'), copy: 'sites.copy' }];
    send('go');
    await quiet();
    assert.deepEqual(browser.chrome.storage.local.data, { sites: 'x', 'sites.copy': 'x' });
    assert.deepEqual(browser.log, ['local.sites=x']);
  });

  test('nothing is seen outside before it is stored, and the next event waits', async () => {
    let written;
    browser.writing = new Promise((resolve) => (written = resolve));
    core.answer = (event) => [store('requests', event.text), reply(event)];
    send('one');
    send('two');
    await quiet();
    assert.deepEqual([answers, core.events.length], [[], 1]);
    written();
    await quiet();
    assert.deepEqual(browser.log, ['local.requests=one', 'answer one', 'local.requests=two', 'answer two']);
  });

  test('acts that fail change nothing', async () => {
    const { chrome } = browser;
    chrome.tabs.sendMessage = chrome.windows.update = chrome.alarms.create = async () => panic();
    chrome.action.setBadgeText = () => panic();
    const acts = (event) => [
      { do: 'push', tab: 3, frame: 0, body: '{}' },
      { do: 'focusWindow', window: 9 },
      { do: 'setAlarm', name: 'lock', atMs: 5 },
      { do: 'badge', text: '' },
      reply(event),
    ];
    core.answer = (event) => (event.event === 'message' ? acts(event) : []);
    send('go');
    await quiet();
    assert.deepEqual([answers, core.wakings], [['go'], 1]);
  });

  test('a window that cannot be brought to the front is opened anew', async () => {
    browser.chrome.windows.update = async () => panic();
    core.answer = ({ event }) => (event === 'message' ? [{ do: 'focusWindow', window: 9 }] : []);
    send('go');
    await quiet();
    assert.equal(core.events.at(-1).event, 'windowOpened');
  });

  test('surfaces do not wait behind a flood of pages', async () => {
    core.answer = (event) => (event.reply ? [reply(event)] : []);
    for (let i = 0; i < 100; i++) send(`page ${i}`);
    send('surface', SURFACE);
    host.receive({ windowClosed: { window: 1 } }, 'first');
    await quiet();
    await quiet();
    assert.equal(core.events.length, 102);
    assert.ok(core.events.findIndex(({ text }) => text === 'surface') <= 1);
    assert.ok(core.events.findIndex(({ event }) => event === 'windowClosed') <= 2);
  });
});

describe('the approval window', () => {
  const check = async (tab, expectedLog, window) => {
    core.answer = ({ event }) => (event === 'message' ? [{ do: 'openApproval', tab }] : []);
    send('go');
    await quiet();
    assert.deepEqual(browser.log, expectedLog);
    assert.deepEqual(core.events.at(-1), { event: 'windowOpened', window });
  };
  test('opens over the window that asked', () => check(3, ['window at 500,130'], 71));
  test('opens anywhere when that window is gone', () => check(404, ['window at -,-'], 71));
  test('opens anywhere when nobody asked', () => check(null, ['window at -,-'], 71));
  test('opens anywhere when the place is refused', () => {
    browser.windowFault = ({ left }) => left !== undefined;
    return check(3, ['window at 500,130', 'window at -,-'], 71);
  });
  test('that cannot be opened is reported', () => {
    browser.windowFault = () => true;
    return check(3, ['window at 500,130', 'window at -,-'], null);
  });
});

describe('a write that fails', () => {
  test('ends its batch, answers its replies with a storage error, and replaces the instance', async () => {
    const check = async (faulty, effect) => {
      browser.log.length = 0;
      const before = core.wakings;
      core.answer = (event) => [effect, { do: 'push', tab: 1, frame: 0, body: '{}' }, reply(event)];
      browser.chrome.storage.local.faults[faulty] = 'fails';
      const page = send('page');
      await quiet();
      const surface = send('surface', SURFACE);
      await quiet();
      assert.deepEqual([errorOf(page), errorOf(surface)], [-32603, 'storage']);
      assert.deepEqual(browser.log.filter((entry) => entry.startsWith('push')), []);
      assert.equal(core.wakings, Math.max(before, 1) + 2);
      delete browser.chrome.storage.local.faults[faulty];
      core.answer = (event) => [reply(event)];
      const after = send('after');
      await quiet();
      assert.equal(after.body?.outcome?.result, 1);
    };
    await check('requests', store('requests', 'x'));
    await check('vault.a', { do: 'storeVault', copy: 'a', frame: 'sealed' });
  });

  test('a mirror that could not be read is not written over', async () => {
    const { readMirror, writeMirror } = await freshMirror();
    browser.mirror.set('mirror', 'only good copy');
    browser.mirrorFault = 'fails';
    await assert.rejects(readMirror());
    browser.mirrorFault = null;
    await assert.rejects(writeMirror('new'));
    assert.equal(browser.mirror.get('mirror'), 'only good copy');
  });

  test('of the mirror alone is no failure', async () => {
    browser.mirrorFault = 'fails';
    core.answer = (event) => [{ do: 'storeVault', copy: 'a', frame: 'sealed' }, reply(event)];
    send('go');
    await quiet();
    assert.deepEqual([browser.log, core.wakings], [['local.vault.a=sealed', 'answer go'], 1]);
  });

  test('that never ends counts as failed after its deadline', async (t) => {
    const timers = holdTimers(t);
    browser.chrome.storage.local.faults.requests = 'hangs';
    core.answer = (event) => [store('requests', 'x'), reply(event)];
    const answer = send('go');
    await quiet();
    assert.equal(answer.body, undefined);
    timers.tick(10_000);
    await quiet();
    assert.equal(errorOf(answer), -32603);
  });
});

describe('a panic', () => {
  test('answers its own channel with an internal error, others with "again", and starts from storage', async () => {
    core.answer = ({ text }) => (text === 'bad' ? panic() : []);
    const waiting = send('waiting');
    const surface = send('surface', SURFACE);
    await quiet();
    const bad = send('bad');
    await quiet();
    assert.deepEqual(waiting.body, {});
    assert.deepEqual([errorOf(surface), errorOf(bad)], ['internal', -32603]);
    assert.deepEqual([core.wakings, core.discarded], [2, 1]);
    core.answer = (event) => [reply(event)];
    const after = send('after');
    await quiet();
    assert.equal(after.body?.outcome?.result, 1);
  });

  test('of a surface\'s call is said in words', async () => {
    core.answer = panic;
    const answer = send('bad', SURFACE);
    await quiet();
    assert.equal(answer.body.err.code, 'internal');
    assert.ok(answer.body.err.title && answer.body.err.text);
  });

  test('effects that are not effects count as one', async () => {
    core.answer = () => 5;
    const answer = send('bad');
    await quiet();
    assert.deepEqual([errorOf(answer), core.wakings], [-32603, 2]);
  });

  test('while waking is an internal error for each event, and the next event tries again', async () => {
    core.make = panic;
    const [one, two] = [send('one'), send('two', SURFACE)];
    await quiet();
    assert.deepEqual([errorOf(one), errorOf(two)], [-32603, 'internal']);
    core.make = () => {};
    core.answer = (event) => [reply(event)];
    const three = send('three');
    await quiet();
    assert.equal(three.body?.outcome?.result, 1);
  });

  test('in the first effects is one, too', async () => {
    core.atWaking = panic;
    const answer = send('one');
    await quiet();
    assert.deepEqual([errorOf(answer), core.discarded], [-32603, core.wakings]);
  });
});

describe('replacement', () => {
  test('locks surfaces, has pages send again, and hands waiting messages to the successor', async () => {
    core.answer = (event) => {
      const lock = () => [store('session', null, 'session'), reply(event, { ok: null }), { do: 'replace' }];
      if (event.text === 'lock') return lock();
      return core.discarded ? [reply(event)] : [];
    };
    const [page, surface] = [send('page'), send('surface', SURFACE)];
    await quiet();
    const lock = send('lock', SURFACE);
    const late = send('late');
    await quiet();
    assert.deepEqual([page.body, errorOf(surface), lock.body], [{}, 'locked', { ok: null }]);
    assert.deepEqual(late.body, { outcome: { result: 1 } });
    assert.deepEqual([core.wakings, core.discarded], [2, 1]);
  });

  test('on waking is done, but not for ever', async () => {
    let left = 1;
    core.atWaking = () => (left-- > 0 ? [store('session', null, 'session'), { do: 'replace' }] : []);
    core.answer = (event) => [reply(event)];
    const answer = send('one');
    await quiet();
    assert.deepEqual([answer.body?.outcome?.result, core.wakings], [1, 2]);

    core = fakeCore();
    host = new Host(() => core.wake(), channels);
    core.atWaking = () => [{ do: 'replace' }];
    const stuck = send('two');
    await quiet();
    assert.deepEqual([errorOf(stuck), core.wakings, core.discarded], [-32603, 3, 3]);
  });

  test('a channel of a former life is not answered twice', async () => {
    core.answer = () => [{ do: 'reply', to: 99, body: '{}' }];
    const answer = send('go');
    await quiet();
    assert.deepEqual([answer.body, core.wakings], [undefined, 1]);
  });
});

describe('http', () => {
  /** Runs one flight against a fetch of the test's. */
  const fly = async (fetch, effect = {}) => {
    globalThis.fetch = fetch;
    const flight = { do: 'http', flight: 4, url: 'https://node.example/', body: '[]', timeoutMs: 60_000, ...effect };
    core.answer = ({ event }) => (event === 'message' ? [flight] : []);
    send('go');
    await quiet();
    return core.events.filter(({ event }) => event === 'http').map(({ flight, result }) => [flight, result]);
  };

  test('reports the body whatever the status, and asks for nothing else', async () => {
    let options;
    const check = async (response, expected) => {
      core.events.length = 0;
      const reported = await fly(async (_, given) => ((options = given), response));
      assert.deepEqual(reported, [[4, expected]]);
    };
    await check(new Response('{"é":1}'), { body: { status: 200, text: '{"é":1}' } });
    await check(new Response('', { status: 429 }), { body: { status: 429, text: '' } });
    await check(new Response(null, { status: 204 }), { body: { status: 204, text: '' } });
    await check(new Response(new Uint8Array([0xff])), 'failed');
    const { signal, ...rest } = options;
    assert.ok(signal);
    assert.deepEqual(rest, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '[]',
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  });

  test('too large is failed, without reading it all', async () => {
    let pulled = 0;
    const pull = (stream) => (pulled++, stream.enqueue(new Uint8Array(1024 * 1024).fill(32)));
    const endless = new ReadableStream({ pull });
    assert.deepEqual(await fly(async () => new Response(endless)), [[4, 'failed']]);
    assert.ok(pulled < 20);
  });

  test('without a body it is asked by its address alone', async () => {
    const asked = [];
    const fetch = async (url, options) => (asked.push([url, options.method, options.headers]), new Response('{}'));
    await fly(fetch, { body: null });
    assert.deepEqual(asked.map((entry) => entry.slice(1)), [[undefined, undefined]]);
  });

  test('refused is failed', async () => {
    assert.deepEqual(await fly(() => Promise.reject(new TypeError('Failed to fetch'))), [[4, 'failed']]);
  });

  const never = (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

  test('late is failed, whatever the engine tidies away meanwhile', async () => {
    await fly(never, { timeoutMs: 20 });
    while (!core.events.some(({ event }) => event === 'http')) {
      collectGarbage();
      await quiet();
    }
    assert.deepEqual(core.events.at(-1), { event: 'http', flight: 4, result: 'failed' });
  });

  test('one that takes long is said to, once, and is still waited for', async () => {
    const told = () => core.events.map(({ event }) => event).filter((event) => event !== 'message');
    await fly(never, { patienceMs: 1, timeoutMs: 20 });
    while (!told().includes('http')) await quiet();
    assert.deepEqual(told(), ['slow', 'http']);
    core.events.length = 0;
    await fly(async () => new Response('{}'), { patienceMs: 1 });
    assert.deepEqual(told(), ['http']);
  });

  test('does not hold up other events, and is forgotten with its instance', async () => {
    let aborted = false;
    const fetch = (url, options) => {
      options.signal.addEventListener('abort', () => (aborted = true));
      return never(url, options);
    };
    assert.deepEqual(await fly(fetch), []);
    core.answer = (event) => [reply(event), { do: 'replace' }];
    send('lock', SURFACE);
    await quiet();
    assert.ok(aborted && answers.includes('lock'));
    assert.deepEqual(core.events.filter(({ event }) => event === 'http'), []);
  });
});

describe('the mirror', () => {
  test('is not waited for again once it hung', async (t) => {
    const timers = holdTimers(t);
    browser.mirrorFault = 'hangs';
    const reading = readMirror().catch(() => {});
    await quiet();
    timers.tick(3_000);
    await reading;
    core.answer = (event) => [{ do: 'storeVault', copy: 'a', frame: 'sealed' }, reply(event)];
    send('go');
    await quiet();
    assert.deepEqual(browser.log, ['local.vault.a=sealed', 'answer go']);
  });
});

describe('background.js', () => {
  const SECRET = 7;
  /** Starts the file anew, as a browser does, with a core in fake glue that fills its memory when it wakes. */
  let starts = 0;
  const start = () => {
    const memory = { buffer: new ArrayBuffer(8) };
    const glue = { memory, secret: SECRET, wakes: 0, freed: 0 };
    mock.method(WebAssembly, 'compileStreaming', async () => ({}));
    globalThis.fetch = async () => new Response('');
    const wake = () => {
      glue.wakes += 1;
      if (glue.secret) new Uint8Array(memory.buffer).fill(glue.secret);
      return {
        takeEffects: () => '[]',
        handle: (text) => {
          const [[name, facts]] = Object.entries(JSON.parse(text));
          const event = { event: name, ...facts };
          core.events.push(event);
          return JSON.stringify(core.answer(event));
        },
        free: () => void (glue.freed += 1),
      };
    };
    globalThis.glue = () => ({ init: async () => ({ memory }), Background: { wake } });
    return load(`./background.js?start=${++starts}`).then(() => glue);
  };
  const url = 'https://dapp.example/x';
  const origin = 'https://dapp.example';
  const sender = { id: 'candor', url, origin, frameId: 0, tab: { id: 3, url } };

  test('registers every listener in its first turn', async () => {
    const source = readFileSync(new URL('background.js', extension), 'utf8');
    assert.doesNotMatch(source, /\bawait\b|import\(/);
    await start();
    const { runtime, windows, tabs, alarms } = browser.chrome;
    const { onMessage, onInstalled, onStartup } = runtime;
    for (const event of [onMessage, onInstalled, onStartup, windows.onRemoved, tabs.onRemoved, alarms.onAlarm])
      assert.equal(event.listeners.length, 1);
  });

  test('leads to what a notification is about, and only to pages of its own', async () => {
    await start();
    browser.chrome.windows.getAll = async () => [];
    const press = async (data) => {
      const closed = [];
      const notification = { data, close: () => closed.push(true) };
      browser.pressed({ notification, waitUntil: () => {} });
      await quiet();
      assert.equal(closed.length, 1);
    };
    browser.log.length = 0;
    await press({ route: '#/transaction/0xab' });
    await press(undefined);
    await press({ route: 7 });
    assert.deepEqual(browser.log, ['tab chrome-extension://candor/page.html#/transaction/0xab']);
  });

  test('gives the core what the browser says of the sender, and the answer to the sender', async () => {
    await start();
    core.answer = (event) => [reply(event)];
    const { onMessage, getURL } = browser.chrome.runtime;
    const got = [];
    const respond = (body) => got.push(body);
    const surface = { id: 'candor', url: getURL('page.html') };
    assert.deepEqual(onMessage('{"request":{}}', sender, respond), [true]);
    assert.deepEqual(onMessage('{"Status":{}}', surface, respond), [true]);
    assert.deepEqual(onMessage({ request: {} }, sender, respond), [false], 'only strings');
    await quiet();
    assert.deepEqual(got, ['{"outcome":{"result":1}}', '{"outcome":{"result":1}}']);
    const senders = core.events.map(({ sender }) => sender);
    assert.deepEqual(senders.sort((a, b) => (a.tab ?? 0) - (b.tab ?? 0)), [
      { ...surface, origin: null, tab: null, frame: null, tabUrl: null },
      { id: 'candor', url, origin, tab: 3, frame: 0, tabUrl: url },
    ]);
  });

  test('refuses a page\'s oversized message without the core', async () => {
    await start();
    const got = [];
    browser.chrome.runtime.onMessage('x'.repeat(2 ** 20 + 1025), sender, (body) => got.push(JSON.parse(body)));
    await quiet();
    assert.deepEqual([got[0].outcome.error.code, core.events.length], [-32602, 0]);
  });

  test('gives the core whole characters only', async () => {
    await start();
    browser.chrome.runtime.onMessage('"\ud800"', sender, () => {});
    await quiet();
    assert.equal(core.events[0].text, '"\ufffd"');
  });

  test('keeps no channel for a farewell', async () => {
    await start();
    const got = [];
    browser.chrome.runtime.onMessage('{"gone":{"client":"c"}}', sender, (body) => got.push(body));
    await quiet();
    assert.deepEqual([got, core.events.length], [['{}'], 1]);
  });

  test('turns the other events of the browser into the core\'s', async () => {
    await start();
    const { windows, tabs, alarms, idle, commands } = browser.chrome;
    windows.onRemoved(7);
    tabs.onRemoved(8, {});
    alarms.onAlarm({ name: 'lock', scheduledTime: 1 });
    idle.onStateChanged('idle');
    idle.onStateChanged('locked');
    commands.onCommand('lock');
    commands.onCommand('other');
    await quiet();
    const byName = Object.fromEntries(core.events.map((event) => [event.event, event]));
    assert.deepEqual(byName, {
      windowClosed: { event: 'windowClosed', window: 7 },
      tabClosed: { event: 'tabClosed', tab: 8 },
      alarm: { event: 'alarm', name: 'lock' },
      systemLocked: { event: 'systemLocked' },
      lockKeys: { event: 'lockKeys' },
    });
  });

  test('opens the welcome tab when installed, not when updated', async () => {
    await start();
    const tabs = () => browser.log.filter((entry) => entry.startsWith('tab '));
    browser.chrome.runtime.onInstalled({ reason: 'update' });
    assert.deepEqual(tabs(), []);
    browser.chrome.runtime.onInstalled({ reason: 'install' });
    assert.deepEqual(tabs(), ['tab chrome-extension://candor/page.html#/welcome']);
    await quiet();
  });

  test('ends what the open pages asked when it was updated: they hear nothing any more', async () => {
    await start();
    browser.chrome.runtime.onInstalled({ reason: 'install' });
    await quiet();
    assert.deepEqual(core.events, []);
    browser.chrome.runtime.onInstalled({ reason: 'update' });
    await quiet();
    assert.deepEqual(core.events, [{ event: 'tabClosed', tab: 3 }, { event: 'tabClosed', tab: 4 }]);
  });

  test('restricts local storage and never touches access to the session', async () => {
    await start();
    await quiet();
    assert.deepEqual(browser.log, ['local for TRUSTED_CONTEXTS']);
  });

  test('leaves nothing of a replaced instance in memory', async () => {
    const glue = await start();
    await quiet();
    const memory = new Uint8Array(glue.memory.buffer);
    assert.deepEqual([glue.wakes, memory[0]], [1, SECRET]);
    glue.secret = 0;
    core.answer = (event) => [reply(event), { do: 'replace' }];
    browser.chrome.runtime.onMessage('{"Lock":{}}', { url: browser.chrome.runtime.getURL('page.html') }, () => {});
    await quiet();
    assert.deepEqual([glue.freed, glue.wakes], [1, 2]);
    assert.ok(memory.every((byte) => byte === 0));
  });
});
