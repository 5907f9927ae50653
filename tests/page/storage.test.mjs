// background/storage.js: what lasts is read key by key, and nothing unread is written over.
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';

import './support/modules.mjs';
import { holdTimers, installBrowser, quiet } from './support/browser.mjs';

const module = new URL('../../extension/background/storage.js', import.meta.url);
let browser;
let readStored;
let writeVault;

/** Each test has the module as a worker that just started has it. */
let copies = 0;
beforeEach(async () => {
  browser = installBrowser();
  ({ readStored, writeVault } = await import(`${module.href}?copy=${++copies}`));
});

describe('reading what is stored', () => {
  test('gives every known and every other key its own outcome', async () => {
    const { local, session } = browser.chrome.storage;
    const none = ['accounts', 'networks', 'sites', 'settings', 'guard', 'setup', 'transactions', 'tokens', 'contacts', 'portfolio', 'history', 'egress'];
    Object.assign(local.data, { accounts: 'a', extra: 'e', settings: 5, 'vault.a': 'A', 'vault.aside.1': 'old' });
    Object.assign(session.data, { session: 's' });
    local.faults.sites = local.faults['vault.b'] = 'fails';
    browser.mirror.set('mirror', 'M');
    const stored = await readStored();
    assert.deepEqual(stored, {
      extensionId: 'candor',
      baseUrl: 'chrome-extension://candor/',
      local: {
        ...Object.fromEntries(none.flatMap((key) => [[`${key}.copy`, 'absent'], [`${key}.meanwhile`, 'absent']])),
        accounts: { text: 'a' },
        networks: 'absent',
        sites: 'failed',
        settings: 'failed',
        guard: 'absent',
        setup: 'absent',
        transactions: 'absent',
        tokens: 'absent',
        contacts: 'absent',
        portfolio: 'absent',
        history: 'absent',
        egress: 'absent',
        extra: { text: 'e' },
        'vault.aside.1': { text: 'old' },
      },
      session: {
        session: { text: 's' },
        requests: 'absent',
        clients: 'absent',
        window: 'absent',
        'egress-lately': 'absent',
      },
      vaultA: { text: 'A' },
      vaultB: 'failed',
      vaultMirror: { text: 'M' },
    });
  });

  test('works where keys cannot be listed', async () => {
    const { local, session } = browser.chrome.storage;
    delete local.getKeys;
    session.faults.getKeys = 'fails';
    local.data.accounts = 'a';
    const stored = await readStored();
    assert.deepEqual([stored.local.accounts, stored.session.session], [{ text: 'a' }, 'absent']);
  });

  test('waits three seconds for a key that hangs, not longer', async (t) => {
    const timers = holdTimers(t);
    browser.chrome.storage.local.faults['vault.a'] = 'hangs';
    browser.chrome.storage.local.data['vault.b'] = 'B';
    browser.mirrorFault = 'hangs';
    const reading = readStored();
    await quiet();
    timers.tick(3_000);
    const { vaultA, vaultB, vaultMirror } = await reading;
    assert.deepEqual([vaultA, vaultB, vaultMirror], ['failed', { text: 'B' }, 'failed']);
  });
});

describe('writing the vault', () => {
  /** What is left of a copy under other names, so that nothing of it is lost. */
  const kept = (copy) => {
    const { data } = browser.chrome.storage.local;
    return Object.keys(data).filter((key) => key.startsWith(`vault.${copy}.kept.`)).map((key) => data[key]);
  };

  test('keeps a copy that could not be read at the start and can be now', async () => {
    const { local } = browser.chrome.storage;
    Object.assign(local.data, { 'vault.a': 'OLD', 'vault.b': 'B' });
    local.faults['vault.a'] = 'fails';
    await readStored();
    delete local.faults['vault.a'];
    await writeVault({ copy: 'a', frame: 'NEW' });
    assert.deepEqual([local.data['vault.a'], kept('a')], ['NEW', ['OLD']]);
    await writeVault({ copy: 'a', frame: 'NEWER' });
    assert.deepEqual([local.data['vault.a'], kept('a')], ['NEWER', ['OLD']], 'what was written is known');
  });

  test('goes over what was read, and keeps no more of it', async () => {
    const { local } = browser.chrome.storage;
    Object.assign(local.data, { 'vault.a': 'OLD' });
    await readStored();
    await writeVault({ copy: 'a', frame: 'NEW' });
    assert.deepEqual([local.data['vault.a'], kept('a')], ['NEW', []]);
  });

  test('changes nothing where what was unread cannot be kept', async () => {
    const { local } = browser.chrome.storage;
    Object.assign(local.data, { 'vault.a': 'OLD' });
    local.faults['vault.a'] = 'fails';
    await readStored();
    delete local.faults['vault.a'];
    const { set } = local;
    local.set = async (items) => {
      if (Object.keys(items).some((key) => key.includes('.kept.'))) throw new Error('The disk is full.');
      await set(items);
    };
    await assert.rejects(writeVault({ copy: 'a', frame: 'NEW' }));
    assert.equal(local.data['vault.a'], 'OLD');
  });
});
