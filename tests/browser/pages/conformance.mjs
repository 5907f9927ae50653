import { clients } from '../conformance/clients/index.mjs';
import { findProvider, outcomeOf, publish } from './harness.mjs';

const detail = findProvider();
/** @type {Record<string, import('../conformance/clients/raw.mjs').Client>} */
const made = {};
/** @type {Record<number, string>} */
let networks = {};

/** Which networks clients may know that want to be told. @param {Record<number, string>} given */
const know = (given) => void (networks = given);

/** How an action of a client ends. @param {keyof typeof clients} client @param {string} action @param {any[]} args */
const outcome = (client, action, ...args) =>
  outcomeOf(async () => {
    made[client] ??= clients[client](detail, networks);
    const run = made[client]?.[action];
    if (!run) throw new Error(`${client} has no ${action}`);
    return run(...args);
  });

publish(detail.provider, { request: (args) => detail.provider.request(args) });
Object.assign(window, { know, outcome });
