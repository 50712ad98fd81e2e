// @ts-check
// What a result of the search shows, for the dialog and the page: where it leads, what it is, its words, its moments.
import { make } from "./page.js";
import { momentAt } from "./text.js";
import { clock } from "./time.js";

/**
 * @typedef {import("./engine.js").Engine} Engine
 * @typedef {import("./engine.js").Result} Result
 * @typedef {import("./names.js").Found} Found
 * @typedef {import("./names.js").Target} Target
 * @typedef {{text: string, marked: boolean}[]} Excerpt
 * @typedef {{url: string, title: string, time: string, excerpt: Excerpt}} Section
 * @typedef {{url: string, title: string, about: string, excerpt: Excerpt, sections: Section[]}} Shown
 */

const SECTIONS = 3;

/** @param {number} count @param {string} noun */
export function counted(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * What a name leads to, in a line.
 * @param {Engine} engine
 * @param {Found} found
 * @returns {Promise<{url: string, title: string, about: string}>}
 */
export async function showName(engine, { target, name }) {
  const { channels } = await engine.names.manifest();
  const said = name.text === target.title ? "" : `called “${name.text}”`;
  return { url: engine.url(target), title: target.title, about: [said, ...facts(target, channels)].filter(Boolean).join(" · ") };
}

/**
 * @param {Target} target
 * @param {Record<string, string>} channels
 */
export function facts({ kind, channel, links }, channels) {
  const what = kind === "note" ? channels[channel] : kind === "wanted" ? "wanted, no note yet" : kind;
  const count = kind === "channel" ? counted(links, "note") : links ? counted(links, "link") : "";
  return [what, count].filter(Boolean);
}

/**
 * @param {Engine} engine
 * @param {Result} result
 * @returns {Promise<Shown>}
 */
export async function show(engine, { target, found, hit }) {
  const { channels } = await engine.names.manifest();
  if (!hit) {
    const { url, title, about } = await showName(engine, /** @type {Found} */ (found));
    return { url, title, about, excerpt: [], sections: [] };
  }
  const page = await hit.data();
  const { title, channel, video, date } = page.meta;
  const url = target ? engine.url(target) : page.url;
  const links = target?.links ? counted(target.links, "link") : "";
  const about = [channels[channel] ?? channel, video, date, links].filter(Boolean).join(" · ");
  const sections = page.sub_results
    .filter((/** @type {any} */ part) => part.locations.length)
    .sort((/** @type {any} */ one, /** @type {any} */ other) => weight(other) - weight(one))
    .slice(0, SECTIONS)
    .map((/** @type {any} */ part) => {
      const best = part.weighted_locations.reduce((/** @type {any} */ one, /** @type {any} */ other) => (other.balanced_score > one.balanced_score ? other : one));
      const seconds = momentAt(page.anchors, best.location);
      return {
        url: seconds === null ? `${url}${part.anchor ? `#${part.anchor.id}` : ""}` : `${url}?t=${seconds}`,
        title: part.anchor?.text ?? "",
        time: seconds === null ? "" : clock(seconds),
        excerpt: parts(part.excerpt, [part.anchor?.text ?? title, `From: ${channels[channel] ?? channel}`]),
      };
    })
    .filter((/** @type {Section} */ part) => part.time || part.title);
  return { url, title, about, excerpt: sections.length ? [] : parts(page.excerpt, [title, `From: ${channels[channel] ?? channel}`]), sections };
}

/** @param {{weighted_locations: {balanced_score: number}[]}} part */
function weight(part) {
  return part.weighted_locations.reduce((sum, { balanced_score }) => sum + balanced_score, 0);
}

/**
 * An excerpt of Pagefind as text, without the gaps that timestamps left.
 * @param {string} html
 * @param {string[]} known what the reader sees beside it, and need not read again at its beginning
 * @returns {Excerpt}
 */
function parts(html, known) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  const found = [...body.childNodes].map((node) => ({
    text: (node.textContent ?? "").replace(/\s+(?=[,.;:!?)])/g, ""),
    marked: node.nodeName === "MARK",
  }));
  for (const text of known) {
    const start = found.map((part) => part.text).join("");
    const tail = [...text.matchAll(/(?<=^|\s)\S/g)].map(({ index }) => text.slice(index)).find((end) => start.startsWith(end));
    let rest = tail?.length ?? 0;
    for (const part of found) {
      const cut = Math.min(rest, part.text.length);
      part.text = part.text.slice(cut);
      rest -= cut;
    }
    if (tail) found.find((part) => part.text && (part.text = part.text.replace(/^[.:,\s]+/, "")));
  }
  return found.filter((part) => part.text);
}

/**
 * @param {Excerpt} excerpt
 * @returns {Node[]}
 */
export function nodes(excerpt) {
  return excerpt.map(({ text, marked }) => (marked ? make("mark", "", text) : document.createTextNode(text)));
}
