// @ts-check
// Finds pages by the words of their names, in the shards that the build wrote: one small file for each
// beginning of a word (site/names.py).

/** @typedef {[title: string, url: string, kind: string, links: number]} Name */

const KEY = 3;
const STOP = new Set(
  "a an and are as at by for from how in into is it its of on or that the their this to vs what with".split(" "),
);

/** @type {Map<string, Promise<Name[]>>} */
const shards = new Map();

/**
 * Letters without their marks, in lower case. Some do not decompose; these are the common ones.
 * @param {string} text
 */
export function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}|\p{Cf}/gu, "").toLowerCase();
  return plain.replace(/[łøđħıßæœ]/g, (char) => ({ ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", ß: "s", æ: "a", œ: "o" })[char] ?? char);
}

/**
 * @param {string} text
 * @returns {string[]} the words that tell a name from others
 */
export function words(text) {
  const found = [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
  const telling = found.filter((word) => !STOP.has(word));
  return telling.length ? telling : found;
}

/** @param {string} word */
function key(word) {
  const start = [...word].slice(0, KEY).join("");
  return /^[\x00-\x7f]*$/.test(start) ? start : `u${word.codePointAt(0)?.toString(16)}`;
}

/**
 * @param {string} folder the URL of the shards
 * @param {string} word
 * @returns {Promise<Name[]>}
 */
function shard(folder, word) {
  const url = `${folder}/${key(word)}.json`;
  let found = shards.get(url);
  if (!found) {
    found = fetch(url).then((response) => (response.ok ? response.json() : []), () => []);
    shards.set(url, found);
  }
  return found;
}

/**
 * The names that share most words with a query, whole words before beginnings, the most linked first.
 * @param {string} folder
 * @param {string} query
 * @param {number} most
 * @returns {Promise<Name[]>}
 */
export async function find(folder, query, most) {
  const wanted = words(query).slice(0, 8);
  const lists = await Promise.all(wanted.map((word) => shard(folder, word)));
  /** @type {Map<string, {name: Name, score: number}>} */
  const scores = new Map();
  for (const name of lists.flat()) {
    const id = `${name[1]} ${name[0]}`;
    if (scores.has(id)) continue;
    const own = words(name[0]);
    let score = 0;
    for (const word of wanted) {
      if (own.includes(word)) score += 3;
      else if (own.some((other) => other.startsWith(word))) score += 2;
    }
    if (!score) continue;
    score += fold(name[0]) === fold(query) ? 4 : 0;
    score += Math.min(1, Math.log10(1 + name[3]) / 3) - own.length / 100;
    scores.set(id, { name, score });
  }
  return [...scores.values()].sort((a, b) => b.score - a.score).slice(0, most).map((entry) => entry.name);
}

/**
 * @param {Name} name
 * @param {string} root the URL of the root of the site
 * @returns {HTMLLIElement}
 */
export function item([title, url, kind, links], root) {
  const element = document.createElement("li");
  const link = document.createElement("a");
  link.href = `${root.replace(/\/+$/, "")}/${url}`;
  link.textContent = title;
  const about = document.createElement("span");
  about.textContent = [kind, links ? `${links} links` : ""].filter(Boolean).join(" · ");
  element.append(link, " ", about);
  return element;
}
