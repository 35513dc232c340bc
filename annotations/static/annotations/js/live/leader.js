/**
 * One tab of a browser listens for all its tabs: browsers allow few connections to a host. The others hear it over a channel, and one of them
 * takes over when it is closed.
 */

const REST = 300000; // a tab that nobody has looked at for so long leaves the listening to others

/**
 * @param {string} name one for each corpus and person
 * @param {{lead: () => void, rest: () => void}} turns called when this tab begins and ends to listen
 * @returns {{leads: () => boolean}}
 */
export function takeTurns(name, { lead, rest }) {
  const locks = globalThis.navigator?.locks;
  let leads = false;
  let asked = null; // the request for the lock, or the lock
  let timer = 0;

  const begin = () => {
    leads = true;
    lead();
  };
  const end = () => {
    if (leads) rest();
    leads = false;
  };
  const ask = () => {
    if (asked) return;
    asked = new AbortController();
    const { signal } = asked;
    const held = () => new Promise((release) => {
      if (signal.aborted) return release();
      signal.addEventListener("abort", release, { once: true });
      return begin();
    });
    // A tab that goes away lets go of the lock by itself.
    locks.request(name, { signal }, held).catch(() => {});
  };
  const leave = () => {
    asked?.abort();
    asked = null;
    end();
  };
  const wake = locks ? ask : () => leads || begin();

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(leave, REST);
    else wake();
  });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => event.persisted && wake());
  wake();
  return { leads: () => leads };
}
