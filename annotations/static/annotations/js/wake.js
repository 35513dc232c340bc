/**
 * On any page: deliver what this person wrote before and what still waits in this browser. Loaded only when something does.
 */
import { csrfToken, pageUser } from "./csrf.js";
import { openOutbox } from "./outbox/open.js";
import { createApi } from "./reader/api.js";
import { showStanding } from "./save-state.js";

const user = pageUser();
const { box, courier } = await openOutbox({ api: createApi({ csrf: csrfToken() }), user });

/** How it stands with everything of this person, whatever document it is of. */
async function tell() {
  const rows = (await box.change(({ rows: all }) => ({ give: all }))).filter((row) => row.user === user);
  const refused = rows.filter((row) => row.state !== "waiting").sort((a, b) => a.order - b.order);
  const stuck = new Set(refused.filter((row) => row.kind === "create").map((row) => row.target));
  const waiting = rows.filter((row) => row.state === "waiting" && !stuck.has(row.target)).length;
  const show = refused.length ? () => location.assign(refused[0].page) : undefined;
  showStanding({ phase: courier.phase, waiting, refused: refused.length, why: refused[0]?.why ?? "" }, { retry: () => courier.kick(), show });
}

for (const name of ["state", "outcome", "elsewhere", "rest"]) courier.addEventListener(name, tell);
addEventListener("offline", tell);
await courier.kick();
