// @ts-check
// One list of what a reader may mean: names first where they say it, then the full text, joined by what links there.
import { rarer, telling, tells, words } from "./fold.js";
import { Names } from "./names.js";
import { siteRoot } from "./page.js";
import { Text } from "./text.js";

/**
 * @typedef {import("./names.js").Target} Target
 * @typedef {import("./names.js").Found} Found
 * @typedef {import("./text.js").Hit} Hit
 * @typedef {{target: Target | null, found: Found | null, hit: Hit | null, score: number}} Result
 * @typedef {{results: Result[], respelled: string, filters: Record<string, Record<string, number>>, unread: boolean}} Answer
 */

const FEW = 8; // pages with all words, below which those with some of them are asked for too
const TEXT = 0.6; // what the best page of the full text is worth, where the best name is about 1
const LINKED = 0.02; // what twice as many links are worth
const PHRASE = 0.25; // what the words in their order are worth, of the best score
const LEAST = 0.35; // what a name that lacks a word must be worth to be shown
const UNSAID = 0.75;
const KINDS_OF_TEXT = ["note", "page"];

export class Engine {
  /** @param {string} page the URL of the search page */
  constructor(page) {
    this.root = siteRoot().href.replace(/\/+$/, "");
    this.folder = new URL(page, location.href).href.replace(/[?#].*$/, "").replace(/(\/index)?\.html$|\/$/, "");
    this.names = new Names(`${this.folder}/names`);
    /** @type {Promise<Text | null> | null} */
    this.text = null;
    /** Whether there is a full text that cannot be loaded. */
    this.unread = false;
  }

  /** @param {Target} target */
  url(target) {
    return `${this.root}/${target.url.replace(/^\.\//, "")}`;
  }

  /** @returns {Promise<Text | null>} the full text, if the build has one */
  async fullText() {
    this.text ??= this.names.manifest().then(({ text }) => (text.length ? new Text(`${this.folder}/text`, `${this.root}/`, text) : null));
    return this.text;
  }

  /**
   * Names alone, as the reader types.
   * @param {string} query
   * @returns {Promise<{found: Found[], respelled: string}>}
   */
  async suggest(query) {
    const first = await this.names.find(query, { typing: true });
    if (!first.unknown.length || first.found.some((found) => found.whole)) return { found: first.found, respelled: "" };
    const { respelled } = await this.#respell(query, first.unknown);
    return { found: respelled ? (await this.names.find(respelled, { typing: true })).found : first.found, respelled };
  }

  /**
   * Everything: names and the full text.
   * @param {string} query
   * @param {{channel?: string, kind?: string}} [filters]
   * @returns {Promise<Answer>}
   */
  async search(query, filters = {}) {
    const text = await this.#loadedText();
    let { found, unknown } = await this.names.find(query);
    if (text) {
      const counts = await Promise.all(unknown.map(async (word) => (await text.search(`"${word}"`)).hits.size));
      unknown = unknown.filter((_, at) => !counts[at]);
    }
    const { respelled, lost } = await this.#respell(query, unknown);
    if (respelled) ({ found } = await this.names.find(respelled));
    const asked = rarer(telling(respelled || query).filter((word) => !lost.includes(word)));
    // Words like "the" alone are in every text.
    const reads = text && (quoted(query) || asked.some(tells)) && (!filters.kind || KINDS_OF_TEXT.includes(filters.kind));
    const { hits, filters: counts } = reads ? await read(text, asked, quoted(query), filters) : { hits: new Map(), filters: {} };
    const wanted = found.filter(({ target }) => (!filters.channel || target.channel === filters.channel) && (!filters.kind || target.kind === filters.kind));
    return { results: await this.#merge(wanted, hits, text), respelled, filters: counts, unread: this.unread };
  }

  /** @returns {Promise<Text | null>} the full text, loaded; without it, names are still found */
  async #loadedText() {
    const text = await this.fullText();
    try {
      await text?.load();
      this.unread = false;
      return text;
    } catch {
      this.unread = true;
      return null;
    }
  }

  /**
   * How many results each value of a filter would leave.
   * @param {Result[]} results of the query without filters
   * @param {string} query
   * @param {"channel" | "kind"} filter
   * @param {string} other the value of the other filter, or `""`
   * @returns {Promise<Record<string, number>>}
   */
  async count(results, query, filter, other) {
    const rest = filter === "channel" ? "kind" : "channel";
    /** @type {Record<string, number>} */
    const counts = {};
    for (const { target, hit } of results) {
      if (!target || hit || (other && target[rest] !== other) || !target[filter]) continue;
      counts[target[filter]] = (counts[target[filter]] ?? 0) + 1;
    }
    const text = await this.#loadedText();
    if (!text || (rest === "kind" && other && !KINDS_OF_TEXT.includes(other))) return counts;
    const { filters } = await text.search(rarer(telling(query)).join(" "), other ? { [rest]: other } : {});
    for (const [value, number] of Object.entries(filters[filter] ?? {})) if (number) counts[value] = (counts[value] ?? 0) + number;
    return counts;
  }

  /**
   * @param {Found[]} found
   * @param {Map<string, Hit>} hits
   * @param {Text | null} text
   * @returns {Promise<Result[]>}
   */
  async #merge(found, hits, text) {
    const best = highest(hits);
    const ranks = await text?.ranks();
    /** @type {Result[]} */
    const results = [];
    const taken = new Set();
    for (const name of found) {
      const hit = hits.get(name.target.id) ?? null;
      if (!name.whole && !hit && name.score < LEAST) continue;
      taken.add(name.target.id);
      // A label whose page does not have the words may be right, but says less.
      const trust = name.target.id && !hit && name.name.text !== name.target.title ? UNSAID : 1;
      results.push({ target: name.target, found: name, hit, score: name.score * trust + (hit ? (TEXT * hit.score) / best : 0) });
    }
    for (const [id, hit] of hits) {
      if (taken.has(id)) continue;
      results.push({ target: null, found: null, hit, score: (TEXT * hit.score) / best + LINKED * (ranks?.get(id) ?? 0) });
    }
    return results.sort((one, other) => other.score - one.score);
  }

  /**
   * @param {string} query
   * @param {string[]} unknown words of it that nothing has
   * @returns {Promise<{respelled: string, lost: string[]}>} the query with other words for these, and those
   * for which there are none
   */
  async #respell(query, unknown) {
    const looked = new Map(await Promise.all(unknown.map(async (word) => /** @type {const} */ ([word, await this.names.lookUp(word)]))));
    const own = words(query).map((word) => looked.get(word)?.respelled || word);
    const changed = [...looked.values()].some(({ respelled }) => respelled);
    const lost = unknown.filter((word) => !looked.get(word)?.begins && !looked.get(word)?.respelled);
    return { respelled: changed ? own.join(" ") : "", lost };
  }
}

/** @param {Map<string, Hit>} hits @returns {number} the highest score, above 0 */
function highest(hits) {
  let best = 0.001;
  for (const { score } of hits.values()) best = Math.max(best, score);
  return best;
}

/** @param {string} query @returns {string} what stands in quotes */
function quoted(query) {
  return /"([^"]+)"/.exec(query)?.[1] ?? "";
}

/**
 * @param {Text} text
 * @param {string[]} wanted the telling words
 * @param {string} phrase that must stand there, or `""`
 * @param {{channel?: string, kind?: string}} filters
 */
async function read(text, wanted, phrase, filters) {
  const own = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
  const plain = wanted.join(" ");
  const all = await text.search(plain, own);
  if (phrase) {
    // Pagefind does not rank phrases: the ranks are those of the words.
    const exact = (await text.search(`"${phrase}"`, own)).hits;
    for (const id of all.hits.keys()) if (!exact.has(id)) all.hits.delete(id);
    for (const [id, hit] of exact) if (!all.hits.has(id)) all.hits.set(id, hit);
    return all;
  }
  if (wanted.length > 1) {
    const best = highest(all.hits);
    for (const id of (await text.search(`"${plain}"`, own)).hits.keys()) {
      const hit = all.hits.get(id);
      if (hit) hit.score += PHRASE * best;
    }
  }
  if (all.hits.size >= FEW || wanted.length < 2) return all;
  /** @type {Map<string, Hit>} */
  const sums = new Map();
  for (const word of wanted) {
    for (const [id, hit] of (await text.search(word, own)).hits) {
      const known = sums.get(id);
      if (known) known.score += hit.score;
      else sums.set(id, hit);
    }
  }
  // A page with all words keeps the excerpt that Pagefind makes of all of them.
  for (const [id, hit] of all.hits) sums.set(id, { ...hit, score: (sums.get(id)?.score ?? 0) + hit.score });
  return { hits: sums, filters: all.filters };
}
