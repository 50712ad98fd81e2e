// @ts-check
// The search page: its address holds the query and the filters, so that a search can be shared.
import { Engine } from "./engine.js";
import { button, make } from "./page.js";
import { counted, nodes, show, showName } from "./results.js";

const STEP = 10;
const NEAREST = 8;
const PAUSE = 250; // milliseconds without a key after which the page searches
/** @type {[string, string][]} */
const KINDS = [["note", "Notes"], ["page", "Pages"], ["video", "Videos"], ["wanted", "Wanted notes"], ["channel", "Channels"]];

const list = document.getElementById("videonotes-results");
const said = document.getElementById("videonotes-said");
const form = document.querySelector(".vn-search-page form");
const input = form?.querySelector("input[name=q]");

if (list && said && form instanceof HTMLFormElement && input instanceof HTMLInputElement && !("ready" in form.dataset)) {
  form.dataset.ready = "";
  void start(list, said, form, input);
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} said
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} input
 */
async function start(list, said, form, input) {
  const engine = new Engine(location.href);
  document.getElementById("videonotes-plain")?.remove();
  const channel = filter("channel", "Channel");
  const kind = filter("kind", "Kind");
  const more = button("More results", () => void next(), "md-button");
  more.hidden = true;
  form.append(make("div", "vn-search__filters", channel.label, kind.label));
  list.after(more);
  let turn = 0;
  /** @type {import("./engine.js").Result[]} */
  let results = [];
  let shown = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const address = () => {
    const url = new URL(location.href);
    for (const [name, value] of [["q", input.value.trim()], ["channel", channel.select.value], ["kind", kind.select.value]]) {
      if (value) url.searchParams.set(name, value);
      else url.searchParams.delete(name);
    }
    return url;
  };

  /** @param {"push" | "replace"} how */
  const go = (how) => {
    clearTimeout(timer);
    const url = address();
    if (url.href !== location.href) history[how === "push" ? "pushState" : "replaceState"](history.state, "", url);
    void search();
  };

  const next = async () => {
    const own = turn;
    const first = shown;
    const items = await Promise.all(results.slice(first, first + STEP).map((result) => show(engine, result)));
    if (own !== turn) return;
    shown = first + items.length;
    list.append(...items.map(item));
    more.hidden = shown >= results.length;
    if (first) /** @type {HTMLElement} */ (list.children[first].querySelector("a")).focus();
  };

  const search = async () => {
    const own = ++turn;
    const query = input.value.trim();
    document.title = document.title.replace(/^.*?( - )/, `${query ? `${query} · Search` : "Search"}$1`);
    if (!query) {
      results = [];
      list.replaceChildren();
      more.hidden = true;
      said.textContent = "";
      return;
    }
    try {
      const answer = await engine.search(query, { channel: channel.select.value, kind: kind.select.value });
      if (own !== turn) return;
      results = answer.results;
      shown = 0;
      const items = await Promise.all(results.slice(0, STEP).map((result) => show(engine, result)));
      if (own !== turn) return;
      list.replaceChildren(...items.map(item));
      shown = items.length;
      more.hidden = shown >= results.length;
      said.textContent = answer.respelled ? `Nothing is called “${query}”. ${counted(results.length, "result")} for “${answer.respelled}”:` : counted(results.length, "result");
      if (!results.length) await nearest(query, own);
      if (answer.unread) said.textContent += " The full text could not be loaded: these are names alone.";
      if (!(await engine.fullText())) said.textContent += " The full text is not searched in this build: these are names alone.";
      await count(query, own);
    } catch {
      if (own === turn) said.textContent = "The search could not be loaded. Please try again.";
    }
  };

  /**
   * @param {string} query
   * @param {number} own
   */
  const nearest = async (query, own) => {
    const { found } = await engine.suggest(query);
    const names = await Promise.all(found.slice(0, NEAREST).map((name) => showName(engine, name)));
    if (own !== turn) return;
    said.textContent = names.length ? "Nothing has these words. The nearest names:" : "Nothing has these words.";
    list.replaceChildren(...names.map((name) => item({ ...name, excerpt: [], sections: [] })));
  };

  /**
   * Fill the filters with what they would leave.
   * @param {string} query
   * @param {number} own
   */
  const count = async (query, own) => {
    const text = await engine.fullText();
    if (!engine.unread) await text?.count();
    const all = (await engine.search(query)).results;
    const counts = await Promise.all([
      engine.count(all, query, "channel", kind.select.value),
      engine.count(all, query, "kind", channel.select.value),
    ]);
    if (own !== turn) return;
    const { channels } = await engine.names.manifest();
    channel.fill(Object.keys(counts[0]).sort((one, other) => counts[0][other] - counts[0][one]).map((name) => [name, channels[name] ?? name]), counts[0]);
    kind.fill(KINDS.filter(([name]) => counts[1][name]), counts[1]);
  };

  const read = () => {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    channel.set(asked.get("channel") ?? "");
    kind.set(asked.get("kind") ?? "");
    void search();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => go("replace"), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go("push");
  });
  for (const { select } of [channel, kind]) select.addEventListener("change", () => go("push"));
  addEventListener("popstate", read);
  read();
  if (!input.value) input.focus();
}

/**
 * A choice of one value, or all.
 * @param {string} name
 * @param {string} title
 */
function filter(name, title) {
  const select = make("select", "");
  select.name = name;
  const label = make("label", "", title, " ", select);
  /** @param {[string, string][]} values @param {Record<string, number>} counts */
  const fill = (values, counts) => {
    const chosen = select.value;
    if (chosen && !values.some(([value]) => value === chosen)) values = [[chosen, chosen], ...values];
    select.replaceChildren(new Option("All", ""), ...values.map(([value, text]) => new Option(`${text} (${(counts[value] ?? 0).toLocaleString("en")})`, value)));
    select.value = chosen;
  };
  /** @param {string} value */
  const set = (value) => {
    if (value && ![...select.options].some((option) => option.value === value)) select.append(new Option(value, value));
    select.value = value;
  };
  select.append(new Option("All", ""));
  return { select, label, fill, set };
}

/** @param {import("./results.js").Shown} result */
function item({ url, title, about, excerpt, sections }) {
  const link = make("a", "vn-result__title", title);
  link.href = url;
  const element = make("li", "vn-result", link, " ", make("span", "", about));
  if (excerpt.length) element.append(make("p", "", ...nodes(excerpt)));
  if (sections.length) {
    element.append(
      make("ul", "", ...sections.map((section) => {
        const time = make("a", section.time ? "yt-timestamp" : "", section.time || section.title);
        time.href = section.url;
        const heading = section.time && section.title ? [" ", make("b", "", section.title)] : [];
        return make("li", "", time, ...heading, " ", ...nodes(section.excerpt));
      })),
    );
  }
  return element;
}
