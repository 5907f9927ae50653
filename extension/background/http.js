// Requests to nodes. One at a time knows its wallet instance: what comes back after that instance went is dropped.
import { LIMIT, Sockets } from './socket.js';

export class Flights {
  #abort = new AbortController();
  #report;
  #sockets = new Sockets();

  /** @param {(event: Host.Event) => void} report */
  constructor(report) {
    this.#report = report;
  }

  /** @param {Host.Http} effect starts it, and reports its end as an event, and before that when it takes long */
  start({ flight, url, body, timeoutMs, patienceMs }) {
    const { signal } = this.#abort;
    // Not AbortSignal.timeout: engines exist that tidy away a timeout that only AbortSignal.any still refers to.
    const late = new AbortController();
    const deadline = setTimeout(() => late.abort(), timeoutMs);
    const end = AbortSignal.any([signal, late.signal]);
    const asked = /^wss?:/.test(url) ? this.#sockets.ask(url, flight, body ?? '', end) : request(url, body, end);
    const lags = () => void (signal.aborted || this.#report({ slow: { flight } }));
    const patience = patienceMs ? setTimeout(lags, patienceMs) : undefined;
    void asked.then((result) => {
      clearTimeout(deadline);
      clearTimeout(patience);
      if (!signal.aborted) this.#report({ http: { flight, result } });
    });
  }

  /** @param {Host.Follow} effect tells a frame of the blocks that a server tells of */
  follow(effect) {
    this.#sockets.follow(effect);
  }

  /** Ends all of them, for their instance is gone. */
  abort() {
    this.#abort.abort();
    this.#sockets.close();
  }
}

/**
 * @param {string} url @param {string | null} body asked by GET if null @param {AbortSignal} signal
 * @returns {Promise<Host.HttpResult>}
 */
async function request(url, body, signal) {
  try {
    const response = await fetch(url, {
      ...(body === null ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body }),
      signal,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
    return { body: { status: response.status, text: await readText(response) } };
  } catch {
    return 'failed';
  }
}

/** @param {Response} response @returns {Promise<string>} its text; fails when it is too large or not UTF-8 */
async function readText(response) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = response.body?.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > LIMIT) {
      await reader?.cancel();
      throw new RangeError('The answer is too large.');
    }
    text += decoder.decode(value, { stream: true });
  }
}
