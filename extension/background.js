/*
 * The background: turns browser events into events of the wallet core, and nothing else. Every listener is registered
 * in the first turn, because the browser starts this file anew for an event and delivers it only to listeners that
 * exist by then. The core's instance is made meanwhile; events wait for it in `Host`.
 */
import { Channels } from './background/channels.js';
import { Host } from './background/host.js';
import { wakeCore } from './background/instance.js';
import { asUnicode, isFarewell, isTooLarge, senderFacts } from './background/messages.js';
import { lead } from './background/notify.js';
import { restrictStorage } from './background/storage.js';

const channels = new Channels();
const host = new Host(wakeCore, channels);

chrome.runtime.onMessage.addListener((text, sender, respond) => {
  if (typeof text !== 'string') return false;
  const facts = senderFacts(sender);
  const surface = facts.url?.startsWith(chrome.runtime.getURL('')) ?? false;
  const reply = channels.open(surface, respond);
  if (!surface && isTooLarge(text)) channels.refuse(reply, 'tooLarge');
  else host.receive({ message: { sender: facts, text: asUnicode(text), reply } }, surface ? 'first' : 'inTurn');
  if (isFarewell(text)) channels.answer(reply, '{}');
  return true;
});
chrome.windows.onRemoved.addListener((window) => host.receive({ windowClosed: { window } }, 'first'));
chrome.tabs.onRemoved.addListener((tab) => host.receive({ tabClosed: { tab } }, 'inTurn'));
// Firefox never says that the computer was locked.
chrome.idle.onStateChanged.addListener((state) => state === 'locked' && host.receive({ systemLocked: {} }, 'first'));
chrome.commands.onCommand.addListener((command) => command === 'lock' && host.receive({ lockKeys: {} }, 'first'));
chrome.alarms.onAlarm.addListener(({ name }) => host.receive({ alarm: { name } }, 'first'));
chrome.runtime.onInstalled.addListener(({ reason }) => {
  if (reason === 'install') chrome.tabs.create({ url: chrome.runtime.getURL('page.html#/welcome') }).catch(() => {});
  else forgetOpenPages();
  host.wake();
});
// Where the background is a service worker.
addEventListener('notificationclick', (event) => {
  const { notification, waitUntil } = /** @type {any} */ (event);
  waitUntil.call(event, lead(notification));
});
// Some browsers forget alarms when they close: waking sets those again that the core still needs.
chrome.runtime.onStartup.addListener(() => host.wake());

/**
 * The pages that were open when another version took over hear nothing of this one: what they asked has ended for them,
 * and nobody is to agree to it any more. In turn, because their last messages may still have reached this one.
 */
function forgetOpenPages() {
  /** @param {chrome.tabs.Tab[]} tabs */
  const forget = (tabs) => {
    for (const { id: tab } of tabs) if (tab !== undefined) host.receive({ tabClosed: { tab } }, 'inTurn');
  };
  chrome.tabs.query({}).then(forget, () => {});
}

restrictStorage();
host.wake();
