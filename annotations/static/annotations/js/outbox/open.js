/**
 * The outbox of a page: box and courier, woken by every sign of life, told of what other tabs delivered.
 */
import { openBox } from "./box.js";
import { Courier } from "./courier.js";
import { turns } from "./lock.js";

/** How many writes of a person wait in this browser: other pages look here before they load anything. @param {string} user */
export const flagOf = (user) => `outbox.${user}`;

function note(user, rows) {
  try {
    const own = rows.filter((row) => row.user === user).length;
    if (own) localStorage.setItem(flagOf(user), String(own));
    else localStorage.removeItem(flagOf(user));
  } catch {
    // Without storage nothing outlives the page anyway.
  }
}

/**
 * @param {{api: object, user: string, box?: object}} parts
 * @returns {Promise<{box: object, courier: Courier}>}
 */
export async function openOutbox({ api, user, box }) {
  const found = box ?? (await openBox());
  found.counted = (rows) => note(user, rows);
  const courier = new Courier({ box: found, api, user, turn: turns(found) });
  share(courier);
  addEventListener("online", () => courier.kick());
  addEventListener("pageshow", ({ persisted }) => persisted && courier.kick());
  for (const sign of ["focus", "visibilitychange"]) addEventListener(sign, () => document.hidden || courier.alive(), { capture: true });
  api.heard = () => courier.alive();
  return { box: found, courier };
}

/** Outcomes go to the other tabs, and theirs come here as `elsewhere`. */
function share(courier) {
  if (!globalThis.BroadcastChannel) return;
  const channel = new BroadcastChannel("aigov-outbox");
  courier.addEventListener("outcome", ({ detail }) => channel.postMessage({ user: courier.user, outcome: { ...detail, error: detail.error && { message: detail.error.message } } }));
  channel.addEventListener("message", ({ data }) => data.user === courier.user && courier.dispatchEvent(new CustomEvent("elsewhere", { detail: data.outcome })));
}
