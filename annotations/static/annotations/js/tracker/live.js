/**
 * What others do arrives by itself: when they change statements or passages, the list fetches itself anew, as soon as nobody is in the middle
 * of something.
 */

const SOON = 60;
const LEAST = 600; // between two fetches while much happens
const THINGS = new Set(["statement", "occurrence", "annotation", "milestone", "verification", "review", "evidence", "comment", "corpus"]);

/**
 * @param {{feed: import("../live/feed.js").Feed, isOwn: (op: string) => boolean, busy: () => boolean, refresh: () => Promise<boolean>}} parts
 */
export function follow({ feed, isOwn, busy, refresh }) {
  const news = new Set(); // ops of others, and "" for what cannot be told
  let last = 0;
  let timer = 0;

  const soon = (op = "") => {
    news.add(op);
    timer ||= setTimeout(settle, Math.max(SOON, LEAST - (Date.now() - last)));
  };
  const settle = () => {
    clearTimeout(timer);
    timer = 0;
    if (!news.size || document.hidden) return;
    if (busy()) return void (timer = setTimeout(settle, LEAST));
    // An event can be here before the answer to the write that made it: whose it is, is asked only now.
    const others = [...news].some((op) => !op || !isOwn(op));
    news.clear();
    if (!others) return;
    last = Date.now();
    refresh().then((shown) => shown || soon());
  };

  feed.addEventListener("event", ({ detail }) => {
    if (THINGS.has(detail.object_type) || detail.kind.startsWith("bulk")) soon(detail.op ?? "");
  });
  feed.addEventListener("resync", () => soon());
  document.addEventListener("visibilitychange", settle);
}
