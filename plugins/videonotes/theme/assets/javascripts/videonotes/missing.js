// @ts-check
// The page for addresses that lead nowhere: the notes whose names are nearest to the address's words.
import { find, item } from "./names.js";

const section = document.getElementById("videonotes-nearest");

if (section) {
  const parts = decodeURIComponent(location.pathname).split("/").filter((part) => part && part !== "index.html");
  const query = (parts.pop() ?? "").replace(/\.\w+$/, "").replace(/[_-]+/g, " ");
  const input = document.querySelector("input[name=q]");
  if (input instanceof HTMLInputElement) input.value = query;
  const names = await find(section.dataset.names ?? "", query, 8);
  section.querySelector("ol")?.replaceChildren(...names.map((name) => item(name, section.dataset.root ?? ".")));
  section.hidden = !names.length;
}
