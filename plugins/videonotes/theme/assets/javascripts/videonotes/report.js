// @ts-check
// Makes each head of the report's columns a button that sorts the rows by it. Without it, they are sorted by notes.
import { button } from "./page.js";

const table = document.querySelector(".vn-report table");

if (table instanceof HTMLTableElement && !table.querySelector("button")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.querySelectorAll("th")].filter((head) => head.scope === "col");

  for (const head of heads) {
    const column = head.cellIndex;
    const byName = column === 0;
    const text = (/** @type {HTMLTableRowElement} */ row) => row.cells[column].textContent ?? "";
    const number = (/** @type {HTMLTableRowElement} */ row) =>
      Number(row.cells[column].dataset.value ?? text(row).replaceAll(",", ""));

    const sort = () => {
      const before = head.getAttribute("aria-sort");
      const descending = before ? before === "ascending" : !byName; // the most is at the top first
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const sign = descending ? -1 : 1;
      const sorted = [...rows].sort((a, b) => sign * (byName ? text(a).localeCompare(text(b)) : number(a) - number(b)));
      body.append(...sorted);
    };

    head.replaceChildren(button(head.textContent ?? "", sort));
  }
}
