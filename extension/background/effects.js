// The core's effects, each as one act of the browser.
import { clearAlarm, setAlarm } from './alarms.js';
import { openApproval, showApproval } from './approval-window.js';
import { notify } from './notify.js';
import { showTab } from './own-tab.js';
import { setPageScripts } from './page-scripts.js';
import { push } from './push.js';
import { write, writeVault } from './storage.js';
import { TimeUp } from './within.js';

/**
 * What effects act on besides the browser.
 * @typedef {object} Surroundings
 * @property {import('./channels.js').Channels} channels
 * @property {import('./http.js').Flights} flights
 * @property {(event: Host.Event) => void} report gives the core a later event
 */

/**
 * Runs effects in order, waiting for each write, so that nothing is visible outside before it is in storage. A write
 * that fails ends the batch: what it would have answered is refused.
 * @param {Host.Effect[]} effects
 * @param {Surroundings} surroundings
 * @returns {Promise<'locked' | 'storage' | null>} why the instance has to be replaced, or nothing
 */
export async function runEffects(effects, surroundings) {
  for (const [index, effect] of effects.entries()) {
    if (effect.do === 'replace') return 'locked';
    try {
      // A write that fails is tried once more: in a worker that is being stopped the first one fails, the second never
      // ends, and nobody is told of a failure that is none.
      await Promise.resolve(run(effect, surroundings)).catch((error) => {
        if (error instanceof TimeUp) throw error;
        return run(effect, surroundings);
      });
    } catch {
      for (const later of effects.slice(index))
        if (later.do === 'reply') surroundings.channels.refuse(later.to, 'storage');
      return 'storage';
    }
  }
  return null;
}

/**
 * @param {Exclude<Host.Effect, { do: 'replace' }>} effect
 * @param {Surroundings} surroundings
 * @returns {Promise<void> | void} a promise only for what has to be waited for and may fail
 */
function run(effect, { channels, flights, report }) {
  switch (effect.do) {
    case 'store':
      return write(effect);
    case 'storeVault':
      return writeVault(effect);
    case 'reply':
      return channels.answer(effect.to, effect.body);
    case 'http':
      return flights.start(effect);
    case 'follow':
      return flights.follow(effect);
    case 'openApproval':
      return void openApproval(effect.tab).then((window) => report({ windowOpened: { window } }));
    case 'push':
      return void push(effect);
    case 'notice':
      return attempt(() => chrome.runtime.sendMessage(effect.body));
    case 'showTab':
      return attempt(() => showTab(effect.route));
    case 'focusWindow':
      // A window that is gone without our having heard of it is opened anew.
      return void showApproval(effect.window).catch(() =>
        openApproval(null).then((window) => report({ windowOpened: { window } })),
      );
    case 'closeWindow':
      return attempt(() => chrome.windows.remove(effect.window));
    case 'setAlarm':
      return attempt(() => setAlarm(effect, report));
    case 'clearAlarm':
      return attempt(() => clearAlarm(effect.name));
    case 'pageScripts':
      return setPageScripts(effect);
    case 'notify':
      return attempt(() => notify(effect));
    case 'badge':
      return attempt(() => chrome.action.setBadgeText({ text: effect.text }));
  }
}

/**
 * Starts an act whose failure changes nothing: nobody listens any more, the window is gone, and the like.
 * @param {() => Promise<unknown>} act
 */
function attempt(act) {
  try {
    act().catch(() => {});
  } catch {
    // A browser that lacks this act, or refuses its arguments.
  }
}
