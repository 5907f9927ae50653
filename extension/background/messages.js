// What arrives by runtime.onMessage, before the wallet core sees it.

/** Characters of a message from a page; content.js stays below it, a page that took over its process may not. */
const LIMIT = (1 << 20) + 1024;

/**
 * Copies what the browser says of a sender, at once: some browsers change the object later.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Host.Sender}
 */
export function senderFacts(sender) {
  return {
    id: sender.id ?? null,
    url: sender.url ?? null,
    origin: sender.origin ?? null,
    tab: sender.tab?.id ?? null,
    frame: sender.frameId ?? null,
    tabUrl: sender.tab?.url ?? null,
  };
}

/**
 * Whether a document says good-bye, which has no answer, so that its channel need not be kept.
 * @param {string} text as content.js writes it
 */
export function isFarewell(text) {
  return text.startsWith('{"gone":');
}

/** @param {string} text */
export function isTooLarge(text) {
  return text.length > LIMIT;
}

/**
 * Replaces half surrogate pairs, which are no text outside JavaScript: the core would take the event for a defect.
 * @param {string} text
 */
export function asUnicode(text) {
  return text.toWellFormed();
}
