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
  let due = false;
  let last = 0;
  let timer = 0;

  const soon = () => {
    due = true;
    clearTimeout(timer);
    timer = setTimeout(settle, Math.max(SOON, LEAST - (Date.now() - last)));
  };
  const settle = () => {
    if (!due || document.hidden) return;
    if (busy()) return void (timer = setTimeout(settle, LEAST));
    due = false;
    last = Date.now();
    refresh().then((shown) => shown || soon());
  };

  feed.addEventListener("event", ({ detail }) => {
    if ((THINGS.has(detail.object_type) || detail.kind.startsWith("bulk")) && !(detail.op && isOwn(detail.op))) soon();
  });
  feed.addEventListener("resync", soon);
  document.addEventListener("visibilitychange", settle);
}
