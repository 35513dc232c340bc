/**
 * One tab delivers at a time: the Web Locks of the browser, or (pages without https have none) a lease in the box that has to be renewed.
 */
import { newKey } from "../reader/api.js";

/** A request may take this long before another tab may go on, in milliseconds. */
const LEASE = 45_000;
const LOOK = 1_000;

/**
 * @param {import("./box.js").MemoryBox|import("./box.js").IdbBox} box
 * @param {{locks?: LockManager, now?: () => number, wait?: (ms: number) => Promise<void>}} [options]
 * @returns {(work: (renew: () => Promise<void>) => Promise<void>) => Promise<void>} runs `work` when it is this tab's turn
 */
export function turns(box, { locks = globalThis.navigator?.locks, now = Date.now, wait = sleep } = {}) {
  if (locks) return (work) => locks.request("aigov-outbox", () => work(async () => {}));
  const me = newKey();
  const hold = () => box.lease((found) => (found && found.by !== me && found.until > now() ? found : { by: me, until: now() + LEASE }));
  return async (work) => {
    while ((await hold()).by !== me) await wait(LOOK);
    try {
      await work(async () => void (await hold()));
    } finally {
      await box.lease((found) => (found?.by === me ? null : found));
    }
  };
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
