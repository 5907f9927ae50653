// Open channels to pages and to our own surfaces, by the number that the wallet core knows them by.

/**
 * @typedef {object} Channel
 * @property {boolean} surface whether it leads to our own page
 * @property {(body: string) => void} respond
 * @property {boolean} heard whether the living wallet instance was given its message
 */

/** What a page gets when the host itself has to answer. Empty means: send it again. */
const TO_PAGE = {
  internal: outcomeError(-32603, 'The wallet had an internal error and restarted itself.'),
  storage: outcomeError(-32603, 'The browser could not store the request, so nothing was done.'),
  tooLarge: outcomeError(-32602, 'Request too large: over 1 MiB.'),
  locked: '{}',
  restarted: '{}',
};

/** What a surface gets, as `UiError`. */
const TO_SURFACE = {
  internal: uiError('internal', 'Something went wrong inside Candor', 'It restarted itself. Try again.'),
  storage: uiError(
    'storage',
    'The browser could not save this',
    'Nothing was changed. Make room on the disk, then try again.',
  ),
  tooLarge: uiError('invalid', 'This is too large', 'Nothing was changed.'),
  locked: uiError('locked', 'Candor is locked', 'Unlock it and try again.'),
  restarted: uiError('internal', 'Candor restarted itself', 'Try again.'),
};

/** @param {number} code @param {string} message */
function outcomeError(code, message) {
  return JSON.stringify({ outcome: { error: { code, message } } });
}

/** @param {string} code @param {string} title @param {string} text */
function uiError(code, title, text) {
  return JSON.stringify({ err: { code, title, text } });
}

export class Channels {
  /** @type {Map<number, Channel>} */
  #open = new Map();
  #last = 0;

  /**
   * Keeps a channel until it is answered.
   * @param {boolean} surface whether it leads to our own page
   * @param {(body: string) => void} respond
   * @returns {number} its name
   */
  open(surface, respond) {
    this.#last += 1;
    this.#open.set(this.#last, { surface, respond, heard: false });
    return this.#last;
  }

  /**
   * Answers and closes a channel. One that is closed already stays closed: after a restart the core may still answer
   * channels of its predecessor.
   * @param {number} name @param {string} body JSON
   */
  answer(name, body) {
    const channel = this.#open.get(name);
    this.#open.delete(name);
    try {
      channel?.respond(body);
    } catch {
      // The other side went away.
    }
  }

  /** @param {number} name @param {Host.Refusal} why */
  refuse(name, why) {
    const channel = this.#open.get(name);
    if (channel) this.answer(name, (channel.surface ? TO_SURFACE : TO_PAGE)[why]);
  }

  /** @param {number} name its message goes to the wallet instance now */
  markHeard(name) {
    const channel = this.#open.get(name);
    if (channel) channel.heard = true;
  }

  /**
   * Answers every channel whose message went to an instance that is gone. Messages that still wait go to the next.
   * @param {Host.Refusal} why
   */
  refuseHeard(why) {
    for (const [name, { heard }] of [...this.#open]) if (heard) this.refuse(name, why);
  }
}
