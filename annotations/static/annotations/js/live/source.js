/**
 * Where events come from: a stream; where the way there holds streams back or has none, the same address asked again and again.
 */

/** @typedef {{event: (event: object) => void, people: (people: object[]) => void, resync: (seq: number) => void, state: (state: string) => void}} Ears */

const GREETING = 8000; // a stream that has not greeted by then is held back by something on the way
const SILENCE = 35000; // the server gives a sign each 10 s
const POLL = 2000;
const POLL_HIDDEN = 15000;
const STREAM_AGAIN = 300000;

/** Says `live`, `polling`, `offline` or `out` (signed out, or no longer a member). */
export class Source {
  #stream = null;
  #timer = 0;
  #closed = false;
  #polled = 0;

  /**
   * @param {string} url @param {() => number} seq the last event known @param {Ears} ears
   * @param {{EventSource?: typeof EventSource, fetch?: typeof fetch}} [net]
   */
  constructor(url, seq, ears, { EventSource = globalThis.EventSource, fetch = globalThis.fetch.bind(globalThis) } = {}) {
    Object.assign(this, { url, seq, ears, EventSource, fetch });
  }

  open() {
    if (!this.EventSource) return void this.#poll();
    const stream = (this.#stream = new this.EventSource(`${this.url}?after=${this.seq()}`));
    const alive = () => this.#watch(SILENCE);
    const hear = (name, act) =>
      stream.addEventListener(name, ({ data }) => {
        alive();
        act(JSON.parse(data));
      });
    hear("hello", () => this.ears.state("live"));
    hear("message", (event) => this.ears.event(event));
    hear("people", (people) => this.ears.people(people));
    stream.addEventListener("resync", ({ lastEventId }) => this.ears.resync(Number(lastEventId)));
    stream.addEventListener("tick", alive);
    stream.addEventListener("bye", ({ data }) => JSON.parse(data).why === "rights" && this.#end("out"));
    stream.addEventListener("error", () => this.#failed(stream));
    this.#watch(GREETING);
  }

  close() {
    this.#closed = true;
    this.#drop();
  }

  /** Ask now, e.g. because the page is looked at again. */
  nudge() {
    if (this.#polled) this.#poll();
  }

  #watch(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#silent(), ms);
  }

  #drop() {
    clearTimeout(this.#timer);
    this.#stream?.close();
    this.#stream = null;
  }

  #end(state) {
    this.close();
    this.ears.state(state);
  }

  /** The browser connects again by itself, unless the answer was no stream at all. */
  #failed(stream) {
    if (this.#closed || stream !== this.#stream) return;
    this.ears.state("offline");
    if (stream.readyState !== 2) return void this.#watch(SILENCE);
    this.#drop();
    this.#poll();
  }

  #silent() {
    if (this.#closed) return;
    this.#drop();
    this.#poll();
  }

  async #poll() {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#polled ||= Date.now();
    await this.ask();
    if (this.#closed) return;
    if (Date.now() - this.#polled > STREAM_AGAIN) {
      this.#polled = 0;
      return void this.open();
    }
    this.#timer = setTimeout(() => this.#poll(), globalThis.document?.hidden ? POLL_HIDDEN : POLL);
  }

  /** Everything after the last known event, by plain questions. @returns {Promise<boolean>} whether the server answered */
  async ask() {
    try {
      for (let more = true; more; ) {
        const answer = await this.fetch(`${this.url}?after=${this.seq()}`, { headers: { Accept: "application/json" } });
        if ([401, 403, 404].includes(answer.status)) return void this.#end("out");
        if (!answer.ok) throw new Error(String(answer.status));
        const page = await answer.json();
        if (page.seq < this.seq()) this.ears.resync(page.seq);
        page.results.forEach((event) => this.ears.event(event));
        more = page.more;
      }
      if (this.#polled) this.ears.state("polling");
      return true;
    } catch {
      this.ears.state("offline");
      return false;
    }
  }
}
