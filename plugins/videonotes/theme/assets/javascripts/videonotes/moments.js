// @ts-check
// Timestamps play in the page: click, follow along, go from moment to moment, links to a moment, keys.
import { Dock } from "./player.js";
import { clock, momentOf } from "./time.js";

/** @typedef {import("./time.js").Moment} Moment */

const LINKS = "a.yt-timestamp, .vn-strip a";
const TICK = 250; // milliseconds between two looks at the playhead
const SHOWN = 4000; // milliseconds for which the moment of an address is marked

/** @type {[key: string, meaning: string][]} */
const KEYS = [
  ["k", "play or pause"],
  ["j, l", "10 seconds back, forward"],
  ["[, ]", "previous, next moment"],
  ["m", "mute"],
  ["p", "go to the player"],
  ["Escape", "close the player"],
  ["?", "this list"],
];

/** @param {HTMLElement} element */
function start(element) {
  const dock = new Dock(element);
  const text = document.querySelector(".vn-text, .vn-timeline")?.closest(".vn-note, .vn-video-page") ?? document;
  /** The moments of the page, in the order of time: of each second, the first link. */
  const links = [...text.querySelectorAll(".vn-text a.yt-timestamp, .vn-timeline a.yt-timestamp")]
    .map((link) => ({ link, moment: momentOf(link) }))
    .filter((entry) => entry.moment?.video === dock.own)
    .map(({ link, moment }) => ({ link: /** @type {HTMLElement} */ (link), seconds: /** @type {Moment} */ (moment).seconds }))
    .sort((one, other) => one.seconds - other.seconds);
  const ticks = [...document.querySelectorAll(".vn-strip a")].map((link) => ({ link, seconds: momentOf(link)?.seconds ?? 0 }));
  /** @type {Element | null} */
  let current = null;

  /**
   * @param {number} seconds
   * @returns {number} the number of the latest moment at or before a second; -1: there is none
   */
  function at(seconds) {
    let [low, high] = [0, links.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (links[middle].seconds <= seconds) low = middle + 1;
      else high = middle;
    }
    const found = low - 1;
    return found < 0 ? found : links.findIndex((entry) => entry.seconds === links[found].seconds);
  }

  /** @param {Element | null} link */
  function mark(link) {
    if (link === current) return;
    for (const element of document.querySelectorAll("[data-vn-current]")) element.removeAttribute("data-vn-current");
    current?.removeAttribute("aria-current");
    current = link;
    if (!link) return;
    link.setAttribute("aria-current", "true");
    link.setAttribute("data-vn-current", "");
    section(link)?.setAttribute("data-vn-current", "");
    const seconds = momentOf(link)?.seconds ?? 0;
    [...ticks].reverse().find((tick) => tick.seconds <= seconds)?.link.setAttribute("data-vn-current", "");
  }

  /**
   * @param {Element} link
   * @returns {Element | null} the heading above a link in the text
   */
  function section(link) {
    const headings = [...document.querySelectorAll(".vn-text :is(h2, h3, h4)")];
    return headings.filter((heading) => heading.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING).pop() ?? null;
  }

  /** @param {number} number */
  function go(number) {
    const entry = links[Math.min(Math.max(number, 0), links.length - 1)];
    if (!entry) return;
    mark(entry.link);
    void dock.play({ video: dock.own, seconds: entry.seconds });
  }

  const previous = () => go(at(dock.time - 2)); // the one that plays, once it has played for two seconds
  const next = () => {
    const after = links.findIndex((entry) => entry.seconds > dock.time + 0.5);
    if (after >= 0) go(after);
  };
  const close = () => {
    mark(null);
    dock.close();
  };
  dock.addControls([
    ["Previous moment", previous, "M6 6h2v12H6zm12 0v12l-8.5-6z"],
    ["Play or pause", () => dock.toggle(), "M3 6l8.5 6L3 18zM14 6h2.5v12H14zm5 0h2.5v12H19z"],
    ["Next moment", next, "M16 6h2v12h-2zM6 6v12l8.5-6z"],
    ["Smaller or larger", () => element.toggleAttribute("data-small"), "M6 9l6 6 6-6z"],
    ["Close the player", close, "M6 7.4 7.4 6l4.6 4.6L16.6 6 18 7.4 13.4 12l4.6 4.6-1.4 1.4-4.6-4.6L7.4 18 6 16.6l4.6-4.6z"],
  ]);

  setInterval(() => {
    if (dock.playing && dock.video === dock.own) mark(links[at(dock.time)]?.link ?? null);
  }, TICK);

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    const moment = momentOf(link);
    if (!moment || dock.failed || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    mark(link?.matches(".vn-strip a") ? (links[at(moment.seconds)]?.link ?? null) : link);
    void dock.play(moment);
  });
  dock.facade.addEventListener("click", (event) => {
    if (dock.failed || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    void dock.play({ video: dock.own, seconds: Number(element.dataset.start ?? 0) });
  });

  const help = document.createElement("dialog");
  help.className = "vn-keys";
  help.setAttribute("aria-label", "Keys of the player");
  for (const [key, meaning] of KEYS) {
    const row = document.createElement("p");
    const sign = document.createElement("kbd");
    sign.textContent = key;
    row.append(sign, ` ${meaning}`);
    help.append(row);
  }
  document.body.append(help);
  /** @type {Record<string, () => void>} */
  const actions = {
    k: () => dock.toggle(),
    j: () => dock.skip(-10),
    l: () => dock.skip(10),
    "[": previous,
    "]": next,
    m: () => dock.mute(),
    p: () => element.querySelector("button")?.focus(),
    "?": () => (help.open ? help.close() : help.showModal()),
    Escape: close,
  };
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const typing = target?.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || (help.open && event.key !== "?")) return;
    if (event.key !== "?" && !("open" in element.dataset)) return;
    actions[event.key]?.();
  });

  const wanted = new URLSearchParams(location.search).get("t") ?? /^#t-(\d+)$/.exec(location.hash)?.[1];
  if (wanted && /^\d+$/.test(wanted)) {
    const seconds = Number(wanted);
    element.dataset.start = wanted;
    element.dataset.open = "";
    dock.facade.setAttribute("aria-label", `Play from ${clock(seconds)}: ${dock.title}`);
    const nearest = links[Math.max(at(seconds), 0)]?.link;
    if (nearest) {
      nearest.scrollIntoView({ block: "center" });
      nearest.setAttribute("data-vn-shown", "");
      setTimeout(() => nearest.removeAttribute("data-vn-shown"), SHOWN);
    }
  }
}

const element = document.querySelector(".vn-dock");
if (element instanceof HTMLElement && !("ready" in element.dataset)) {
  element.dataset.ready = "";
  start(element);
}
