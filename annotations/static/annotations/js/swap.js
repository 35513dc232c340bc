/**
 * Putting what the server writes into a place of the page, by htmx. Every place has its own turn: requests without a source all wait for one another,
 * drop one another, and are told to be done before they are.
 */

/**
 * Fetch a page into a place; what was on its way there is dropped.
 * @param {string} url @param {Element} place @param {"innerHTML"|"outerHTML"} [swap]
 * @returns {Promise<void>} when it stands there, or could not be fetched
 */
export async function fetchInto(url, place, swap = "innerHTML") {
  window.htmx.trigger(place, "htmx:abort");
  await window.htmx.ajax("GET", url, { source: place, target: place, swap }).catch(() => {});
}
