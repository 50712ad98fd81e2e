// @ts-check
// The search in a dialog: a combobox whose list shows concepts as the reader types, then the full text.
import { Engine } from "./engine.js";
import { button, load, make, siteRoot, store } from "./page.js";
import { counted, facts, nodes, show, showName } from "./results.js";

const CONCEPTS = 6;
const PAGES = 5;
const TOP = 10;
const NEAREST = 5;
const RECENT = 6;
const PAUSE = 120; // milliseconds without a key after which the full text is asked
const SHORT = 3; // letters below which a reader is likely to go on typing
const LONG_PAUSE = 600; // milliseconds for these: two letters alone ask for much of the index
const WAIT = 100; // milliseconds that the names of what was typed before are waited for

/** @typedef {{url: string, query?: string, title: string, about?: string, time?: string, excerpt?: import("./results.js").Excerpt, part?: boolean}} Choice */

/** The last searches of this reader, in this browser alone. */
class Recent {
  #key = `videonotes.searches.${siteRoot().pathname}`;

  /** @returns {string[]} */
  all() {
    const found = load(this.#key);
    return Array.isArray(found) ? found.filter((query) => typeof query === "string") : [];
  }

  /** @param {string} query */
  add(query) {
    store(this.#key, [query, ...this.all().filter((other) => other !== query)].slice(0, RECENT));
  }

  clear() {
    store(this.#key, null);
  }
}

export class Dialog {
  #turn = 0;
  #timer = 0;
  /** @type {Promise<unknown>} */
  #suggesting = Promise.resolve();
  #current = -1;
  #recent = new Recent();

  /** @param {string} page the URL of the search page */
  constructor(page) {
    this.page = page;
    this.engine = new Engine(page);
    this.input = make("input", "");
    const input = this.input;
    Object.assign(input, { type: "search", name: "q", autocomplete: "off", spellcheck: false, placeholder: "Search concepts and moments" });
    const attributes = { role: "combobox", "aria-label": "Search", "aria-autocomplete": "list", "aria-controls": "vn-find-list", "aria-expanded": "false", autocapitalize: "off" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    this.list = make("div", "vn-find__list");
    this.list.id = "vn-find-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Results");
    this.said = make("p", "vn-find__said");
    this.said.setAttribute("role", "status");
    this.clear = button("Clear recent searches", () => {
      this.#recent.clear();
      input.focus();
      void this.#ask();
    });
    this.all = make("a", "", "All results");
    const close = button("Close", () => this.element.close(), "vn-find__close");
    const form = make("form", "vn-find__form", input, close);
    form.setAttribute("role", "search");
    this.element = make("dialog", "vn-find-dialog", form, this.list, make("footer", "vn-find__foot", this.said, this.clear, this.all));
    this.element.setAttribute("aria-label", "Search");
    document.body.append(this.element);

    input.addEventListener("input", () => void this.#ask());
    input.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#go(false);
    });
    this.element.addEventListener("click", (event) => {
      if (event.target === this.element) this.element.close();
    });
    this.list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (!option) return;
      if (option instanceof HTMLAnchorElement) this.#keep();
      else this.#ask(option.querySelector("b")?.textContent ?? "");
    });
  }

  /** @param {string} typed what the reader has typed already */
  open(typed) {
    this.element.showModal();
    if (typed) this.input.value = typed;
    else this.input.select();
    void this.#ask();
  }

  #keep() {
    const query = this.input.value.trim();
    if (query) this.#recent.add(query);
  }

  /** @param {string} [query] */
  async #ask(query) {
    if (query !== undefined) {
      this.input.value = query;
      this.input.focus();
    }
    const own = ++this.#turn;
    const asked = this.input.value.trim();
    clearTimeout(this.#timer);
    this.#mark(-1);
    this.all.href = `${this.page}?q=${encodeURIComponent(asked)}`;
    this.all.hidden = !asked;
    try {
      if (!asked) {
        await this.#idle(own);
        return;
      }
      // A reader who types faster than names come is spared those of the letters between.
      await Promise.race([this.#suggesting, new Promise((done) => setTimeout(done, WAIT))]);
      if (own !== this.#turn) return;
      const suggested = this.engine.suggest(asked);
      this.#suggesting = suggested.catch(() => null);
      const { found, respelled } = await suggested;
      if (own !== this.#turn) return;
      const good = found.filter((name) => name.whole || name.score > 0.5);
      const concepts = await Promise.all(good.slice(0, CONCEPTS).map((name) => showName(this.engine, name)));
      if (own !== this.#turn) return;
      const title = respelled ? `Concepts for “${respelled}”` : "Concepts";
      this.#fill([[title, concepts]], concepts.length ? counted(concepts.length, "concept") : "");
      this.#timer = setTimeout(() => void this.#read(own, asked, title, concepts, found.slice(0, NEAREST)), asked.length < SHORT ? LONG_PAUSE : PAUSE);
    } catch {
      if (own === this.#turn) this.said.textContent = "The search could not be loaded.";
    }
  }

  /** @param {number} own */
  async #idle(own) {
    const recent = this.#recent.all().map((query) => ({ url: "", query, title: query }));
    const { top, channels } = await this.engine.names.manifest();
    if (own !== this.#turn) return;
    const most = top.slice(0, TOP).map((target) => ({ url: this.engine.url(target), title: target.title, about: facts(target, channels).join(" · ") }));
    this.#fill([["Recent searches", recent], ["Most linked concepts", most]], "");
    this.clear.hidden = !recent.length;
  }

  /**
   * The full text, below the concepts.
   * @param {number} own
   * @param {string} query
   * @param {string} title
   * @param {Choice[]} concepts
   * @param {import("./names.js").Found[]} nearest
   */
  async #read(own, query, title, concepts, nearest) {
    try {
      const { results, respelled, unread } = await this.engine.search(query);
      const shown = await Promise.all(results.filter(({ hit }) => hit).slice(0, PAGES).map((result) => show(this.engine, result)));
      if (own !== this.#turn) return;
      /** @type {Choice[]} */
      const pages = [];
      for (const page of shown) {
        pages.push(page);
        for (const section of page.sections) pages.push({ ...section, title: section.title || page.title, part: true });
      }
      if (unread) {
        this.said.textContent = "The full text could not be loaded.";
        return;
      }
      if (concepts.length || pages.length) {
        const hits = results.filter(({ hit }) => hit).length;
        const said = [concepts.length ? counted(concepts.length, "concept") : "", hits ? counted(hits, "page") : ""].filter(Boolean).join(", ");
        this.#fill([[title, concepts], [respelled ? `Pages with “${respelled}”` : "Pages", pages]], said);
        return;
      }
      const near = await Promise.all(nearest.map((name) => showName(this.engine, name)));
      if (own === this.#turn) this.#fill([["Nearest concepts", near]], "Nothing has these words.");
    } catch {
      if (own === this.#turn) this.said.textContent = "The search could not be loaded.";
    }
  }

  /**
   * @param {[string, Choice[]][]} groups
   * @param {string} said
   */
  #fill(groups, said) {
    const before = this.#options()[this.#current]?.getAttribute("href");
    const filled = groups.filter(([, choices]) => choices.length);
    let number = 0;
    this.list.replaceChildren(
      ...filled.map(([title, choices]) => {
        const heading = make("p", "vn-find__group", title);
        heading.setAttribute("role", "presentation");
        const group = make("div", "", heading, ...choices.map((choice) => option(choice, number++)));
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", title);
        return group;
      }),
    );
    this.clear.hidden = true;
    this.said.textContent = said;
    this.input.setAttribute("aria-expanded", String(filled.length > 0));
    this.#mark(before ? this.#options().findIndex((element) => element.getAttribute("href") === before) : -1);
  }

  #options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  /** @param {number} number */
  #mark(number) {
    const options = this.#options();
    options[this.#current]?.setAttribute("aria-selected", "false");
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    this.#current = number;
    if (number < 0) this.input.removeAttribute("aria-activedescendant");
    else {
      this.input.setAttribute("aria-activedescendant", options[number].id);
      options[number].scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const count = this.#options().length;
    if (event.key === "ArrowDown" && count) this.#mark((this.#current + 1) % count);
    else if (event.key === "ArrowUp" && count) this.#mark(this.#current <= 0 ? count - 1 : this.#current - 1);
    else if (event.key === "Enter" && !event.isComposing) this.#go(event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  }

  /**
   * Go where the marked option leads; with none marked, to the page of all results.
   * @param {boolean} tab whether in a new tab
   */
  #go(tab) {
    const option = this.#options()[this.#current];
    if (option && !(option instanceof HTMLAnchorElement)) {
      void this.#ask(option.querySelector("b")?.textContent ?? "");
      return;
    }
    if (!option && !this.input.value.trim()) return;
    this.#keep();
    const url = option ? option.href : this.all.href;
    if (tab) {
      window.open(url, "_blank", "noopener");
      return;
    }
    this.element.close();
    location.assign(url);
  }
}

/**
 * @param {Choice} choice
 * @param {number} number
 */
function option({ url, title, about, time, excerpt, part }, number) {
  const element = make(url ? "a" : "div", part ? "vn-find__part" : "");
  if (element instanceof HTMLAnchorElement) Object.assign(element, { href: url, tabIndex: -1 });
  element.id = `vn-find-${number}`;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  if (time) element.append(make("span", "vn-find__time", time), " ");
  element.append(make("b", "", title));
  if (about) element.append(" ", make("span", "", about));
  if (excerpt?.length) element.append(" ", make("span", "vn-find__words", ...nodes(excerpt)));
  return element;
}
