/**
 * What every page of a corpus does with the feed: who is here, parts that stay fresh, and a line when one is signed out.
 */
import { flash } from "../messages.js";
import { t } from "../words.js";
import { feedOfPage } from "./feed.js";
import { keepFresh } from "./parts.js";
import { showPeople } from "./people.js";

const feed = feedOfPage();
const meta = document.querySelector('meta[name="live"]');
const csrf = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

const ALL = 3000; // ms between two fetches of a page that everything in the corpus concerns

/** What a page is about, from its data-live-of: "statement 12 C-12", or "all". @param {string} about */
function concerns(about) {
  const [kind, id, label] = about.split(" ");
  if (kind === "all") return () => true;
  const own = (event) => event.object_type === kind && event.object_id === Number(id);
  const told = ({ payload }) => payload && (payload[kind] === Number(id) || payload[`${kind}_id`] === Number(id) || payload.label === label || payload.to === label || payload.into === label);
  const rests = ({ payload }) => kind === "statement" && payload?.rests?.includes(Number(id)); // on a source that was captured
  return (event) => rests(event) || event.kind === "hidden" || event.kind.startsWith("bulk") || own(event) || told(event);
}

if (feed) {
  showPeople(feed, meta.dataset.presence, csrf);
  const about = document.querySelector("[data-live-of]")?.dataset.liveOf;
  if (about) keepFresh(feed, concerns(about), about === "all" ? ALL : undefined);
  // A page that waits for the first of something has no scripts for it yet.
  const first = document.querySelector("[data-live-first]")?.dataset.liveFirst;
  if (first) feed.addEventListener("event", ({ detail }) => (detail.object_type === first || detail.kind.startsWith("bulk")) && location.reload());
  feed.addEventListener("state", ({ detail }) => {
    document.documentElement.dataset.feed = detail;
    if (detail === "out") flash(t("You are signed out, or no longer a member here. Reload the page."), "error");
  });
}
