/**
 * The triage deck by keys: digits answer, Enter queues or tracks, X sets aside, E words, J skips.
 */
import { byId } from "./dom.js";
import { Keys } from "./keys.js";
import { singleKeys } from "./look.js";

const dialog = byId("aside");

/** Press the nth of some buttons or radios, as a person would. */
function choose(selector, press) {
  const found = [...document.querySelectorAll(selector)][Number(press) - 1];
  if (!found) return false;
  found.click();
  if (found.matches("input")) found.focus();
  return true;
}

const keys = new Keys({
  where: ["triage"],
  actions: {
    answer: ({ press }) => choose("[data-answer]", press),
    queue: () => byId("queue")?.click() ?? false,
    "set-aside": () => byId("set-aside").click(),
    wording: () => byId("wording").focus(),
    skip: () => byId("skip").click(),
  },
  single: singleKeys,
  blocked: () => Boolean(document.querySelector("dialog[open]")),
});
keys.listen(document);

// Inside the dialog the digits choose a reason, unless one is typing.
dialog.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=radio]), textarea");
  if (!typing && /^[1-9]$/.test(event.key) && !event.isComposing) choose("[data-reason]", event.key);
});
document.querySelector("[data-preset]")?.focus({ preventScroll: true });
