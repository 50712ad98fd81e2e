// @ts-check
// Timestamps play in the page: click, follow along, go from moment to moment, links to a moment, keys.
import { Dock, button } from "./player.js";
import { forget, heardOf, keep, save } from "./progress.js";
import { clock, momentOf } from "./time.js";

/** @typedef {import("./time.js").Moment} Moment */

const STAMPS = 'a.yt-timestamp, .vn-timeline a[href^="https:"]';
const LINKS = `${STAMPS}, .vn-strip a`;
const TICK = 250; // milliseconds between two looks at the playhead
const SHOWN = 4000; // milliseconds for which the moment of an address is marked
const PRESS = 500; // milliseconds that make a press a long one
const KEPT = 2000; // milliseconds between two times that the playhead is kept
const RECENT = 30 * 60_000; // milliseconds for which going on from another page is offered

/** @type {[key: string, meaning: string][]} */
const KEYS = [
  ["k", "play or pause"],
  ["j, l", "10 seconds back, forward"],
  ["[, ]", "previous, next moment"],
  ["m", "mute"],
  ["p", "go to the player"],
  ["Escape", "close the player"],
  [".", "on a timestamp: its menu"],
  ["?", "this list"],
];

/** @param {HTMLElement} element */
function start(element) {
  const dock = new Dock(element);
  // What only some readers use is loaded when they do.
  /** @type {import("./queue.js").Queue | null} */
  let queue = null;
  /** @param {(module: typeof import("./queue.js")) => import("./queue.js").Part[]} parts */
  const enqueue = async (parts) => {
    const module = await import("./queue.js");
    queue ??= new module.Queue(dock);
    await queue.start(parts(module));
  };
  /** The moments of the page, in the order of time: of each second, the first link. */
  const links = [...document.querySelectorAll(`.vn-text a.yt-timestamp, .vn-timeline a[href^="https:"]`)]
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
    follow(link);
    tellSystem(section(link)?.textContent?.replace(/play$/, "").trim() ?? "");
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

  // The page follows the playhead if the site wants that, until the reader moves by himself.
  let follows = "follow" in element.dataset;
  for (const name of ["wheel", "touchmove", "selectionchange", "pointerdown"]) {
    document.addEventListener(name, (event) => {
      const target = event.target instanceof Element ? event.target : null;
      if (name === "selectionchange" ? !getSelection()?.isCollapsed : !target?.closest(`.vn-dock, ${STAMPS}`)) follows = false;
    }, { passive: true });
  }

  /** @param {Element} link */
  function follow(link) {
    if (!follows || !dock.playing) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    link.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  /** @param {string} part what the keyboard's and the system's media controls show besides the note */
  function tellSystem(part) {
    if (!("mediaSession" in navigator)) return;
    const note = document.querySelector("h1")?.textContent ?? "";
    navigator.mediaSession.metadata = new MediaMetadata({ title: part ? `${note}: ${part}` : note, artist: dock.title });
  }

  // What was heard: kept in this browser, shown in the strip.
  const remembers = !("forgetful" in element.dataset);
  const heard = new Set(remembers ? heardOf(dock.own).heard : []);
  let kept = 0;

  function showHeard() {
    for (const { link, seconds } of ticks) link.toggleAttribute("data-vn-heard", heard.has(seconds));
  }

  /** @param {number} number that of the moment that is played */
  function remember(number) {
    const moment = links[number]?.seconds ?? null;
    const fresh = moment !== null && dock.time - moment < 60 && !heard.has(moment);
    if (!remembers || (!fresh && performance.now() - kept < KEPT)) return;
    kept = performance.now();
    if (fresh) heard.add(moment);
    keep(dock.own, dock.time, fresh ? moment : null);
    if (fresh) showHeard();
  }

  /** @param {number} number */
  function go(number) {
    const entry = links[Math.min(Math.max(number, 0), links.length - 1)];
    if (!entry) return;
    queue?.stop();
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
    queue?.stop();
    dock.close();
  };
  dock.addControls([
    ["Previous moment", previous, "M6 6h2v12H6zm12 0v12l-8.5-6z"],
    ["Play or pause", () => dock.toggle(), "M3 6l8.5 6L3 18zM14 6h2.5v12H14zm5 0h2.5v12H19z"],
    ["Next moment", next, "M16 6h2v12h-2zM6 6v12l8.5-6z"],
    ["Change the size", () => dock.resize(), "M4 14h2v4h4v2H4zM14 4h6v6h-2V6h-4z"],
    ["Open in a window of its own", () => dock.popOut(), "M14 4h6v6h-2V7.4l-7.3 7.3-1.4-1.4L16.6 6H14zM5 6h6v2H6v10h10v-5h2v7H4V6z"],
    ["Fold or unfold the player", () => element.toggleAttribute("data-small"), "M6 9l6 6 6-6z"],
    ["Close the player", close, "M6 7.4 7.4 6l4.6 4.6L16.6 6 18 7.4 13.4 12l4.6 4.6-1.4 1.4-4.6-4.6L7.4 18 6 16.6l4.6-4.6z"],
  ]);

  setInterval(() => {
    if (!dock.playing || dock.video !== dock.own) return;
    const number = at(dock.time);
    mark(links[number]?.link ?? null);
    remember(number);
    queue?.look();
  }, TICK);

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    const moment = momentOf(link);
    if (!moment || dock.failed || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    queue?.stop();
    mark(link?.matches(".vn-strip a") ? (links[at(moment.seconds)]?.link ?? null) : link);
    void dock.play(moment);
  });
  dock.facade.addEventListener("click", (event) => {
    if (dock.failed || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    void dock.play({ video: dock.own, seconds: Number(element.dataset.start ?? 0) });
  });

  addSections(enqueue, links);
  addTriggers(element, (text) => {
    dock.said.textContent = text;
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
  if (remembers) {
    const row = document.createElement("p");
    for (const [label, act] of /** @type {[string, () => void][]} */ ([
      ["Save what you have heard as a file", save],
      ["Forget everything", () => (forget(), heard.clear(), showHeard())],
    ])) {
      const choice = button(label, act);
      choice.className = "vn-play";
      row.append(choice, " ");
    }
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
    if ("keyless" in element.dataset || typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || (help.open && event.key !== "?")) return;
    if (event.key !== "?" && !("open" in element.dataset)) return;
    actions[event.key]?.();
  });

  if ("mediaSession" in navigator) {
    navigator.mediaSession.setActionHandler("previoustrack", previous);
    navigator.mediaSession.setActionHandler("nexttrack", next);
  }

  showHeard();
  const before = remembers ? heardOf(dock.own) : null;
  if (before && before.at > 0 && Date.now() - before.when < RECENT) {
    dock.offer(`Go on at ${clock(before.at)}`, () => void dock.play({ video: dock.own, seconds: before.at }));
  }

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

/**
 * Offers to play each section with moments, and all moments of the note one after another.
 * @param {(parts: (module: typeof import("./queue.js")) => import("./queue.js").Part[]) => void} enqueue
 * @param {{link: HTMLElement, seconds: number}[]} links the moments of the page, in the order of time
 */
function addSections(enqueue, links) {
  const text = document.querySelector(".vn-note .vn-text");
  if (!text || !links.length) return;
  /** @param {string} label @param {string} shown @param {() => void} act */
  const offer = (label, shown, act) => {
    const element = button(shown, act);
    element.className = "vn-play";
    element.setAttribute("aria-label", label);
    return element;
  };
  const headings = [...text.querySelectorAll(":scope > :is(h2, h3, h4)")];
  const names = headings.map((heading) => heading.textContent?.trim() ?? "");
  /** The moments below each heading, and those above the first one. */
  const below = new Map(headings.map((heading) => [heading, /** @type {number[]} */ ([])]));
  const all = links.map(({ link, seconds }) => {
    const number = headings.filter((heading) => heading.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING).length - 1;
    below.get(headings[number])?.push(seconds);
    return { seconds, label: names[number] ?? document.querySelector("h1")?.textContent ?? "" };
  });
  headings.forEach((heading, number) => {
    const own = below.get(heading) ?? [];
    if (!own.length) return;
    const following = headings.slice(number + 1).map((other) => below.get(other) ?? []).find((seconds) => seconds.length) ?? [];
    const play = () => enqueue(({ sectionPart }) => [sectionPart(own, following, names[number])]);
    heading.append(offer(`Play this section: ${names[number]}`, "play", play));
  });
  const count = document.querySelector(".vn-strip p span:nth-child(2)");
  count?.replaceChildren(offer(`Play the moments of this note: ${count.textContent}`, `▸ ${count.textContent}`, () => enqueue(({ momentParts }) => momentParts(all))));
}

/**
 * Opens the menu of a timestamp by the key `.` or a long press.
 * @param {HTMLElement} dock
 * @param {(text: string) => void} say
 */
function addTriggers(dock, say) {
  /** @type {Promise<(link: HTMLElement) => void> | null} */
  let menu = null;
  const open = async (/** @type {HTMLElement} */ link) => {
    menu ??= import("./menu.js").then((module) => module.makeMenu(dock, say));
    (await menu)(link);
  };
  const stamp = (/** @type {EventTarget | null} */ target) =>
    /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(STAMPS) : null);
  document.addEventListener("keydown", (event) => {
    const link = stamp(event.target);
    if (!link || event.key !== "." || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void open(link);
  });
  document.addEventListener("pointerdown", (event) => {
    const link = stamp(event.target);
    if (!link || event.pointerType === "mouse") return;
    const long = setTimeout(() => {
      void open(link);
      // The click and the menu of the system that end the press are none.
      for (const name of ["click", "contextmenu"]) link.addEventListener(name, (end) => end.preventDefault(), { once: true, capture: true });
    }, PRESS);
    for (const end of ["pointerup", "pointercancel", "pointermove"]) document.addEventListener(end, () => clearTimeout(long), { once: true });
  });
}

const element = document.querySelector(".vn-dock");
if (element instanceof HTMLElement && !("ready" in element.dataset)) {
  element.dataset.ready = "";
  start(element);
}
