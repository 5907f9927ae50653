// The scripts that the user's choice adds to those of the manifest: who is `window.ethereum` where a page asks for
// nothing better. A page could only be told of the choice too late, so the browser knows it beforehand.

/** Firefox matches a host whatever its port, and nothing where a port is named. */
const PORTS = chrome.runtime.getURL('').startsWith('chrome-');

/** Each change waits for the one before. */
let turn = Promise.resolve();

/**
 * Makes the browser's scripts these, if they are others. What it refuses is tried again when the background wakes.
 * @param {Host.PageScripts} effect
 */
export function setPageScripts(effect) {
  turn = turn.then(() => replace(wantedScripts(effect))).catch(() => {});
}

/** @param {chrome.scripting.RegisteredContentScript[]} wanted */
async function replace(wanted) {
  const there = await chrome.scripting.getRegisteredContentScripts();
  if (summary(there) === summary(wanted)) return;
  if (there.length) await chrome.scripting.unregisterContentScripts();
  if (wanted.length) await chrome.scripting.registerContentScripts(wanted);
}

/**
 * @param {Host.PageScripts} effect
 * @returns {chrome.scripting.RegisteredContentScript[]}
 */
function wantedScripts({ everywhere, except, asMetamask }) {
  const others = patterns(except);
  const all = chrome.runtime.getManifest().host_permissions ?? [];
  const claim = everywhere
    ? { ...script('claim'), matches: all, ...(others.length && { excludeMatches: others }) }
    : { ...script('claim'), matches: others };
  return [claim, { ...script('as-metamask'), matches: patterns(asMetamask) }].filter(({ matches }) => matches.length);
}

/** @param {string} name */
function script(name) {
  return {
    id: name,
    js: [`${name}.js`],
    world: /** @type {const} */ ('MAIN'),
    runAt: /** @type {const} */ ('document_start'),
    allFrames: true,
    persistAcrossSessions: true,
  };
}

/** @param {string[]} origins @returns {string[]} one bad pattern would take all scripts with it */
function patterns(origins) {
  return [...new Set(origins.flatMap(pattern))].sort();
}

/** @param {string} origin @returns {string[]} the match pattern for exactly this origin, as far as there is one */
function pattern(origin) {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url?.origin !== origin || !/^https?:$/.test(url.protocol)) return [];
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return [`${url.protocol}//${url.hostname}${PORTS ? `:${port}` : ''}/*`];
}

/** What of a script can differ, as text. @param {chrome.scripting.RegisteredContentScript[]} scripts */
function summary(scripts) {
  const parts = scripts.map(({ id, matches, excludeMatches }) => [id, [...(matches ?? [])].sort(), excludeMatches ?? []]);
  return JSON.stringify(parts.sort());
}
