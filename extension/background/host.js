// Runs the wallet core: one event at a time, its effects in order, and a new instance when the old one has to go.
import { runEffects } from './effects.js';
import { Flights } from './http.js';

/** How often the core may have to be replaced while it wakes: a disk that takes nothing keeps nobody out after that. */
const WAKINGS = 3;

/** @typedef {{ instance: Host.Instance, flights: Flights }} Life one instance with what ends with it */

/**
 * `first`: our own surfaces and facts of the browser, which never wait behind a page's flood of requests. `inTurn`:
 * what pages send, and the end of their tabs, in the order of arrival.
 * @typedef {'first' | 'inTurn'} Turn
 */

export class Host {
  /** @type {Record<Turn, (() => Promise<void>)[]>} */
  #waiting = { first: [], inTurn: [] };
  #working = false;
  /** @type {Life | null} */
  #life = null;
  #wakeCore;
  #channels;

  /**
   * @param {(stage: number) => Promise<Host.Instance>} wakeCore makes a core from what is stored, or from less of it
   * @param {import('./channels.js').Channels} channels
   */
  constructor(wakeCore, channels) {
    this.#wakeCore = wakeCore;
    this.#channels = channels;
  }

  /** @param {Host.Event} event given to the core when those before it are done @param {Turn} turn */
  receive(event, turn) {
    this.#enqueue(() => this.#handle(event), turn);
  }

  /** Makes the core ready, and runs what it does on waking, without an event. */
  wake() {
    this.#enqueue(async () => void (await this.#awake()), 'first');
  }

  /** @param {() => Promise<void>} work must not fail @param {Turn} turn */
  #enqueue(work, turn) {
    this.#waiting[turn].push(work);
    if (!this.#working) void this.#work();
  }

  async #work() {
    this.#working = true;
    const { first, inTurn } = this.#waiting;
    for (let next; (next = first.shift() ?? inTurn.shift()); ) await next();
    this.#working = false;
  }

  /** @param {Host.Event} event */
  async #handle(event) {
    const own = 'message' in event ? event.message.reply : null;
    const life = await this.#awake();
    if (own !== null) this.#channels.markHeard(own);
    const why = life === null ? 'internal' : await this.#give(life, event);
    if (why === null) return;
    if (own !== null && why !== 'locked') this.#channels.refuse(own, why);
    if (life === null) return;
    this.#end(life, why === 'locked' ? 'locked' : 'restarted');
    this.wake();
  }

  /**
   * @param {Life} life @param {Host.Event} event
   * @returns {Promise<'locked' | 'storage' | 'internal' | null>} why the instance has to go, or nothing
   */
  async #give({ instance, flights }, event) {
    try {
      const effects = instance.core.handle(JSON.stringify(event), Date.now());
      return await this.#run(effects, flights);
    } catch {
      // The core panicked: nothing of it can be relied on any more.
      return 'internal';
    }
  }

  /**
   * A core that panics over what is stored is woken again with less of it, so that a defect in what is beside the keys
   * never stands before them.
   * @returns {Promise<Life | null>} the living instance, or a new one; nothing when it cannot be made
   */
  async #awake() {
    for (let waking = 1, stage = 0; this.#life === null && waking <= WAKINGS; waking++) {
      try {
        const instance = await this.#wakeCore(stage);
        const life = { instance, flights: new Flights((event) => this.receive(event, 'first')) };
        this.#life = life;
        const why = await this.#run(instance.core.takeEffects(), life.flights);
        if (why === 'locked' || (why === 'storage' && waking < WAKINGS)) this.#end(life, 'restarted');
      } catch {
        if (this.#life) this.#end(this.#life, 'restarted');
        stage += 1;
      }
    }
    return this.#life;
  }

  /** @param {string} effects as the core gives them @param {Flights} flights */
  #run(effects, flights) {
    const report = (/** @type {Host.Event} */ event) => this.receive(event, 'first');
    return runEffects(JSON.parse(effects), { channels: this.#channels, flights, report });
  }

  /** @param {Life} life @param {Host.Refusal} why */
  #end({ instance, flights }, why) {
    this.#life = null;
    flights.abort();
    instance.discard();
    this.#channels.refuseHeard(why);
  }
}
