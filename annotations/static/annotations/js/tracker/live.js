/**
 * What others do arrives by itself: when they change statements or passages, the list fetches itself anew, as soon as nobody is in the middle
 * of something. Events are a stream where the server has one, else asked for every few seconds.
 */

const POLL = 5000;
const SETTLE = 700;
const THINGS = new Set(["statement", "occurrence", "annotation", "milestone", "verification", "review"]);

/**
 * @param {{url: string, seq: number, me: number, api: object, busy: () => boolean, refresh: () => void}} parts
 */
export function follow({ url, seq, me, api, busy, refresh }) {
  let last = seq;
  let due = false;
  let timer = 0;

  const soon = () => {
    due = true;
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE + Math.random() * SETTLE);
  };
  const settle = () => {
    if (!due || document.hidden) return;
    if (busy()) return void (timer = setTimeout(settle, SETTLE));
    due = false;
    refresh();
  };
  const take = (event) => {
    last = Math.max(last, event.seq ?? 0);
    if (THINGS.has(event.object_type) && event.actor?.id !== me) soon();
  };
  const poll = async () => {
    if (!document.hidden) {
      try {
        const { data } = await api.get(`${url}?after=${last}`);
        data.results.forEach(take);
        last = Math.max(last, data.seq ?? 0);
      } catch {
        // the next round tries again
      }
    }
    setTimeout(poll, POLL);
  };

  const listen = () => {
    const stream = new EventSource(`${url}?after=${last}`);
    stream.addEventListener("message", ({ data }) => data.startsWith("{") && take(JSON.parse(data)));
    stream.addEventListener("resync", soon);
    // Closed for good: the server has no stream any more.
    stream.addEventListener("error", () => stream.readyState === EventSource.CLOSED && poll());
  };

  document.addEventListener("visibilitychange", settle);
  streams(`${url}?after=${last}`).then((yes) => (yes ? listen() : poll()));
}

/** Whether the server streams events at this address. */
async function streams(address) {
  const probe = new AbortController();
  try {
    const answer = await fetch(address, { headers: { Accept: "text/event-stream" }, signal: probe.signal });
    return answer.headers.get("Content-Type")?.startsWith("text/event-stream") ?? false;
  } catch {
    return false;
  } finally {
    probe.abort();
  }
}
