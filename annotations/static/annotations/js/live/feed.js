/**
 * What others do, as it happens: one feed for a page, shared by the tabs of a browser, in order, without gaps.
 * Fires `event` (detail: the event), `resync` (load everything anew), `people` (detail: who is here) and `state` (detail: live, polling, offline, out).
 */
import { takeTurns } from "./leader.js";
import { Order } from "./order.js";
import { Source } from "./source.js";

/** @typedef {{seq: number, kind: string, at?: string, op?: string, actor?: {id: number, name: string}, object_type?: string, object_id?: number, document?: number|null, payload?: object}} LiveEvent */

export class Feed extends EventTarget {
  #catching = null;
  #channel = null;
  #turns = null;

  /** @param {{url: string, member: number, seq: number, net?: object, Channel?: typeof BroadcastChannel}} parts */
  constructor({ url, member, seq, net, Channel = globalThis.BroadcastChannel }) {
    super();
    this.member = member;
    this.order = new Order(seq);
    this.people = [];
    this.state = "";
    const ears = {
      event: (event) => this.#pass({ event }),
      people: (people) => this.#pass({ people }),
      resync: (resync) => this.#pass({ resync }),
      state: (state) => this.#pass({ state }),
    };
    this.makeSource = () => new Source(url, () => this.order.seq, ears, net);
    this.source = null;
    this.name = `aigov-live ${url} ${member}`;
    if (Channel) {
      this.#channel = new Channel(this.name);
      this.#channel.addEventListener("message", ({ data }) => this.#hear(data));
    }
  }

  /** Begin to listen, or to hear the tab that listens. @returns {Feed} */
  start() {
    this.#turns = takeTurns(this.name, {
      lead: () => {
        this.source = this.makeSource();
        this.source.open();
      },
      rest: () => {
        this.source?.close();
        this.source = null;
      },
    });
    this.#channel?.postMessage({ asks: true });
    document.addEventListener("visibilitychange", () => !document.hidden && this.source?.nudge());
    return this;
  }

  /** From the source of this tab: for this page and for the other tabs. */
  #pass(news) {
    this.#channel?.postMessage(news);
    this.#hear(news);
  }

  #hear(news) {
    if (news.event) this.#take(news.event);
    if (news.people) this.#tell("people", (this.people = news.people));
    if (news.resync !== undefined) this.#resync(news.resync);
    if (news.state && news.state !== this.state) this.#tell("state", (this.state = news.state));
    if (news.asks && this.#turns?.leads()) this.#channel.postMessage({ here: this.order.seq, people: this.people, state: this.state });
    if (news.here > this.order.seq) this.#catchUp();
  }

  #take(event) {
    const judged = this.order.take(event.seq);
    if (judged === "gap") this.#catchUp();
    else if (judged === "next") this.#tell("event", event);
  }

  #resync(seq) {
    this.order.seq = seq;
    this.#tell("resync", seq);
  }

  /** This page missed something: ask for it. What arrives meanwhile comes again with the answer. */
  #catchUp() {
    const source = this.source ?? this.makeSource();
    this.#catching ??= source.ask().finally(() => (this.#catching = null));
    return this.#catching;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

let shared;

/** @returns {Feed|null} the feed of this page; null on pages outside a corpus */
export function feedOfPage() {
  const meta = document.querySelector('meta[name="live"]');
  if (shared === undefined) {
    shared = meta ? new Feed({ url: meta.dataset.events, member: Number(meta.dataset.member), seq: Number(meta.content) }).start() : null;
  }
  return shared;
}
