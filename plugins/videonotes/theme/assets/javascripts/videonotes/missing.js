// @ts-check
// The page for addresses that lead nowhere: the notes whose names are nearest to the address's words.
import { Engine } from "./engine.js";
import { make } from "./page.js";
import { showName } from "./results.js";

const MOST = 8;
const section = document.getElementById("videonotes-nearest");

if (section) {
  const parts = decodeURIComponent(location.pathname).split("/").filter((part) => part && part !== "index.html");
  const query = (parts.pop() ?? "").replace(/\.\w+$/, "").replace(/[_-]+/g, " ");
  const input = document.querySelector("input[name=q]");
  if (input instanceof HTMLInputElement) input.value = query;
  const engine = new Engine(section.dataset.search ?? "");
  const { found } = await engine.suggest(query);
  const names = await Promise.all(found.slice(0, MOST).map((name) => showName(engine, name)));
  section.querySelector("ol")?.replaceChildren(
    ...names.map(({ url, title, about }) => {
      const link = make("a", "", title);
      link.href = url;
      return make("li", "", link, " ", make("span", "", about));
    }),
  );
  section.hidden = !names.length;
}
