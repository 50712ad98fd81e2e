// @ts-check
// Finds what a name leads to: titles, aliases, labels of links, wanted names, in the files that the build
// wrote, each for the beginning of a word (site/concept_index.py).
import { distance, fold, squash, stem, telling, terms, words } from "./fold.js";

/**
 * Where a name leads. `kind` is note, video, wanted, channel or page; `id` what the full text calls it, if it does.
 * @typedef {{url: string, title: string, kind: string, links: number, channel: string, id: string}} Target
 * @typedef {{text: string, target: Target, count: number, terms: string[]}} Name
 * @typedef {{names: Name[], totals: Record<string, number>}} Shard
 * @typedef {{top: Target[], channels: Record<string, string>, text: string[][], prefixes: Set<string>}} Manifest
 * @typedef {{target: Target, name: Name, score: number, exact: boolean, whole: boolean}} Found
 */

const SPELLED = 5; // letters from which a word may be misspelled
const MANY = 2000; // names with a word, from which it says next to nothing

/** @param {any[]} row @returns {Target} */
const target = ([url, title, kind, links, channel, id]) => ({ url, title, kind, links, channel, id });

/** @type {Record<string, number>} */
const WORTH = { note: 1, channel: 1, page: 0.95, video: 0.8, wanted: 0.7 };

export class Names {
  /** @type {Map<string, Promise<any>>} */
  #files = new Map();
  /** @type {Promise<Manifest> | null} */
  #manifest = null;

  /** @param {string} folder the URL of the files */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {string} name */
  #load(name) {
    let file = this.#files.get(name);
    if (!file) {
      file = fetch(`${this.folder}/${name}.json`).then((response) => (response.ok ? response.json() : null));
      file.catch(() => this.#files.delete(name));
      this.#files.set(name, file);
    }
    return file;
  }

  /** @returns {Promise<Manifest>} */
  manifest() {
    this.#manifest ??= this.#load("index").then((data) => ({
      ...data,
      top: data.top.map(target),
      prefixes: new Set(data.prefixes.split(" ")),
    }));
    this.#manifest.catch(() => (this.#manifest = null));
    return this.#manifest;
  }

  /**
   * @param {string} name of a file that may not exist
   * @returns {Promise<any>}
   */
  async #listed(name) {
    return (await this.manifest()).prefixes.has(name.replace(/_$/, "")) ? this.#load(name) : null;
  }

  /**
   * @param {string} word the beginning of a word
   * @returns {Promise<Shard | null>} the names with a word that begins so
   */
  async #shard(word) {
    const letters = [...word];
    for (let length = letters.length; length; length--) {
      const data = await this.#listed(fileName(letters.slice(0, length).join("")));
      if (!data) continue;
      if (!data.read) {
        const targets = data.targets.map(target);
        data.names = data.names.map((/** @type {any[]} */ [number, count, text]) => {
          const own = text ?? targets[number].title;
          return { text: own, target: targets[number], count, terms: terms(own) };
        });
        data.read = true;
      }
      return data;
    }
    return null;
  }

  /**
   * The names that a query means, the best of each target, the best first.
   * @param {string} query
   * @param {{typing?: boolean}} [how] `typing`: the last word may go on
   * @returns {Promise<{found: Found[], unknown: string[]}>} and the words that are in no name
   */
  async find(query, { typing = false } = {}) {
    const phrase = query.includes('"') ? fold(query.split('"')[1] ?? "").trim() : "";
    const wanted = telling(query).slice(0, 10);
    if (typing && /^[\x00-\x7f]?$/.test(wanted.join(""))) return { found: [], unknown: [] };
    const last = typing && /[\p{L}\p{N}]$/u.test(query) ? wanted.length - 1 : -1;
    // Beside another word, the first letters of one say too little to load what begins so.
    const begun = last > 0 && /^[\x00-\x7f]{1,2}$/.test(wanted[last]);
    const shards = await Promise.all(wanted.map((word, at) => (begun && at === last ? null : this.#shard(word))));
    const others = await Promise.all(wanted.map((word) => (stem(word) === word ? null : this.#shard(stem(word)))));
    /** @type {Map<string, Name>} */
    const names = new Map();
    // A name written as one word is found by its parts: "post training" finds "posttraining".
    const joined = wanted.slice(1).map((word, at) => wanted[at] + word);
    const joinedStems = joined.map(stem);
    // Words that authors write by their first letters: "objectives and key results" finds "OKR".
    const initials = wanted.length > 2 ? wanted.map((word) => word[0]).join("") : "";
    const together = await Promise.all([...joined, initials].map((word) => this.#shard(word)));
    for (const shard of [...shards, ...others, ...together]) {
      for (const name of shard?.names ?? []) names.set(`${name.target.url} ${name.text}`, name);
    }
    const weights = wanted.map((word, at) => weigh(word, shards[at]));
    const squashed = squash(query);
    /** @type {Map<string, Found>} */
    const best = new Map();
    for (const name of names.values()) {
      if (phrase && !` ${words(name.text).join(" ")} `.includes(` ${words(phrase).join(" ")} `)) continue;
      const found = score(name, wanted, weights, last, joinedStems, initials, squashed);
      const known = best.get(name.target.url);
      if (found && (!known || found.score > known.score)) best.set(name.target.url, found);
    }
    const found = [...best.values()].sort((one, other) => other.score - one.score);
    const unknown = wanted.filter((word, at) => !weights[at].known && at !== last);
    return { found, unknown };
  }

  /**
   * @param {string} word that no name has
   * @returns {Promise<{begins: boolean, respelled: string}>} whether a word of the notes begins so; the most
   * common one that is spelled nearly so, if none does
   */
  async lookUp(word) {
    const most = word.length < SPELLED ? 0 : word.length < 8 ? 1 : 2;
    let [best, nearest, common] = ["", most + 1, 0];
    for (const letter of new Set([word[0], word[1] ?? word[0]])) {
      /** @type {Record<string, number>} */
      const known = (await this.#listed(`words-${fileName(letter)}`)) ?? {};
      for (const [other, count] of Object.entries(known)) {
        if (other.startsWith(word)) return { begins: true, respelled: "" };
        const far = distance(word, other, most);
        if (far < nearest || (far === nearest && far <= most && count > common)) [best, nearest, common] = [other, far, count];
      }
      if (best) break;
    }
    return { begins: false, respelled: best };
  }
}

/** @param {string} prefix */
function fileName(prefix) {
  if (/^[\x00-\x7f]*$/.test(prefix)) return `${prefix}_`;
  return `${[...prefix].map((char) => char.codePointAt(0)?.toString(16)).join("-")}_u`;
}

/**
 * How much a word of the query says: the rarer, the more.
 * @param {string} word
 * @param {Shard | null} shard
 */
function weigh(word, shard) {
  const own = stem(word);
  const count = shard?.totals[word] ?? shard?.names.filter((name) => name.terms.some((term) => stem(term) === own)).length ?? 0;
  return { known: count > 0, weight: Math.log2(2 + MANY / (1 + count)) };
}

/**
 * @param {Name} name
 * @param {string[]} wanted
 * @param {{known: boolean, weight: number}[]} weights
 * @param {number} last the number of the word that may go on
 * @param {string[]} joined each two words of the query as one, stemmed
 * @param {string} initials the first letters of its words, or `""`
 * @param {string} squashed the query without spaces
 * @returns {Found | null}
 */
function score(name, wanted, weights, last, joined, initials, squashed) {
  const stems = name.terms.map(stem);
  /** @type {Set<number>} */
  const used = new Set();
  let [got, all, whole] = [0, 0, true];
  wanted.forEach((word, at) => {
    let match = 0;
    const own = stem(word);
    name.terms.forEach((term, place) => {
      const here =
        term === word ? 1
        : stems[place] === own ? 0.95
        : term.startsWith(word) ? (at === last ? 0.8 : 0.5)
        : (joined[at] === stems[place] || joined[at - 1] === stems[place]) ? 1
        : (initials && initials === stems[place]) ? 0.85
        : 0;
      if (here) used.add(place);
      match = Math.max(match, here);
    });
    got += match * weights[at].weight;
    all += weights[at].weight;
    whole &&= match > 0;
  });
  if (!got) return null;
  const exact = squash(name.text) === squashed || (whole && stems.every((_, place) => used.has(place)) && telling(name.text).length === wanted.length);
  const covered = got / all;
  const own = Math.min(1, used.size / telling(name.text).length);
  const label = name.text !== name.target.title;
  const trust = label ? Math.min(1, 0.5 + 0.12 * Math.log2(1 + name.count)) : 1;
  const strength = Math.log2(1 + name.target.links) * 0.02 + (label ? Math.log2(1 + name.count) * 0.02 : 0);
  const points = covered * covered * (0.65 + 0.35 * own) * trust * (WORTH[name.target.kind] ?? 1);
  return { target: name.target, name, score: points + strength * covered + (exact ? 0.3 * trust : 0), exact, whole };
}
