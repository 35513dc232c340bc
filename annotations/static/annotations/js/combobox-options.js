/**
 * Where the choices of a combobox come from, and how typed text is compared with them.
 */

/** Full width as half width, any case, no outer spaces. @param {string} text */
export const fold = (text) => text.normalize("NFKC").toLowerCase().trim();

const WAIT = 150;
let timer;

/**
 * Ask the server, not at every letter.
 * @param {string} url @param {string} q
 * @returns {Promise<{value: string, label: string, hint?: string}[]>} empty when the server cannot be asked
 */
export function remote(url, q) {
  clearTimeout(timer);
  return new Promise((found) => {
    timer = setTimeout(async () => {
      const address = new URL(url, location.href);
      address.searchParams.set("q", q);
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        found(answer.ok ? (await answer.json()).results : []);
      } catch {
        found([]);
      }
    }, WAIT);
  });
}
