// @ts-check
// The search page: names as the reader types; the query stands in the address.
import { find, item } from "./names.js";

const MOST = 40;
const list = document.getElementById("videonotes-results");
const said = document.getElementById("videonotes-said");
const input = document.querySelector(".vn-search-page input[name=q]");

if (list && said && input instanceof HTMLInputElement) {
  document.getElementById("videonotes-plain")?.remove();
  let turn = 0;
  const show = async () => {
    const query = input.value.trim();
    const own = ++turn;
    const names = query.length > 1 ? await find(list.dataset.names ?? "", query, MOST) : [];
    if (own !== turn) return;
    list.replaceChildren(...names.map((name) => item(name, list.dataset.root ?? ".")));
    said.textContent =
      query.length < 2 ? "" : names.length ? `${names.length === MOST ? "The best " : ""}${names.length} names` : "No name has these words.";
  };
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  input.addEventListener("input", () => {
    const address = new URL(location.href);
    if (input.value.trim()) address.searchParams.set("q", input.value.trim());
    else address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
    void show();
  });
  input.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void show();
  });
  void show();
  input.focus();
}
