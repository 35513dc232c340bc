/**
 * An original beside its translation: the passage one chooses is shown with its partners on the other side, those that express the same
 * statement, else the paragraph beside it. A click, Enter or the space bar chooses; Escape lets go.
 */
const table = document.querySelector(".beside-texts");
const marks = [...table.querySelectorAll("mark")];

/** @param {HTMLElement} mark @param {"ids"|"with"} name @returns {string[]} */
const idsOf = (mark, name) => mark.dataset[name].split(" ").filter(Boolean);

function clear() {
  for (const one of table.querySelectorAll(".current")) one.classList.remove("current");
  for (const one of marks) one.setAttribute("aria-pressed", "false");
}

/** @param {HTMLElement} mark */
function choose(mark) {
  clear();
  const mine = new Set(idsOf(mark, "ids"));
  const theirs = new Set(idsOf(mark, "with"));
  const cell = mark.closest("td");
  const partners = marks.filter((one) => one.closest("td").cellIndex !== cell.cellIndex && idsOf(one, "ids").some((id) => theirs.has(id)));
  for (const one of marks) {
    if (!idsOf(one, "ids").some((id) => mine.has(id))) continue;
    one.classList.add("current");
    one.setAttribute("aria-pressed", "true");
  }
  for (const one of partners) one.classList.add("current");
  const beside = cell.parentElement.cells[1 - cell.cellIndex];
  if (!partners.length) beside.classList.add("current");
  (partners[0] ?? beside).scrollIntoView({ block: "nearest" });
}

table.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (mark) choose(mark);
});
table.addEventListener("keydown", (event) => {
  const mark = event.target.closest("mark");
  if (!mark || event.isComposing || (event.key !== "Enter" && event.key !== " ")) return;
  event.preventDefault();
  choose(mark);
});
document.addEventListener("keydown", (event) => event.key === "Escape" && clear());
