/**
 * Parts that are not needed for reading: fetched once the text is painted, or at once when somebody is faster.
 */
import { t } from "../words.js";
import { say } from "./say.js";

/**
 * @param {() => Promise<object>} load
 * @returns {{call: (method: string, ...args: unknown[]) => unknown, fetch: () => Promise<object>}}
 */
export function later(load) {
  let part = null;
  let coming = null;
  // What did not come without a network may come another time.
  const bring = () => (coming ??= load().then((made) => (part = made)).finally(() => (coming = null)));
  const fetch = async () => part ?? bring();
  return { fetch, call: (method, ...args) => (part ? part[method](...args) : fetch().then((made) => made[method](...args), () => say(t("Not possible: {why}", { why: t("the server cannot be reached") })))) };
}
