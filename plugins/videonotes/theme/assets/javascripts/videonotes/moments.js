// @ts-check
// The timestamps of a page before anything plays: marks the moment of the address, shows what was heard, offers to play.
// The first click loads the player (session.js); the rest is loaded as it is asked for.
import { Heard } from "./heard.js";
import { button, isModified, isPlain, isTyping, make } from "./page.js";
import { PageMoments, STAMPS, clock, momentOf, watchUrl } from "./time.js";

/** @typedef {import("./time.js").Moment} Moment */
/** @typedef {import("./queue.js").Part} Part */

const LINKS = `${STAMPS}, .vn-strip a`;
const SHOWN = 4000; // milliseconds for which the moment of an address is marked
const PRESS = 500; // milliseconds that make a press a long one

/** @param {HTMLElement} element the place of the player */
function start(element) {
  const video = element.dataset.video ?? "";
  const facade = /** @type {HTMLAnchorElement} */ (element.querySelector("a"));
  const moments = new PageMoments(video);
  const heard = new Heard(video, !("forgetful" in element.dataset));
  const notice = make("p", "vn-dock__notice");
  notice.hidden = true;
  const said = make("p", "vn-dock__said");
  said.setAttribute("role", "status");
  element.append(notice, said);
  /** @type {Promise<import("./session.js").Session> | null} */
  let session = null;
  const loadSession = () => {
    session ??= import("./session.js").then((module) => new module.Session({ element, facade, notice, said }, moments, heard));
    session.catch(() => (session = null));
    return session;
  };
  /** Plays a moment; where the player cannot be loaded, it is opened on YouTube. @param {Moment} moment @param {Element | null} [link] */
  const play = (moment, link = null) => loadSession().then((loaded) => loaded.play(moment, link), () => location.assign(watchUrl(moment)));

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    const moment = momentOf(link);
    if (!moment || !isPlain(event) || "failed" in element.dataset) return;
    event.preventDefault();
    void play(moment, link?.matches(".vn-strip a") ? moments.linkAt(moment.seconds) : link);
  });
  facade.addEventListener("click", (event) => {
    if (!isPlain(event) || "failed" in element.dataset) return;
    event.preventDefault();
    void play({ video, seconds: Number(element.dataset.start ?? 0) });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || "keyless" in element.dataset || isTyping(event) || isModified(event) || event.defaultPrevented) return;
    void import("./keys.js").then(({ toggleHelp }) => toggleHelp(heard));
  });
  offerSections(moments, async (parts) => {
    const [loaded, module] = await Promise.all([loadSession(), import("./queue.js")]);
    await loaded.playParts(parts(module), module);
  });
  addMenu(element, said);
  heard.show();
  if (heard.recent) {
    element.dataset.offers = "";
    notice.append(button(`Go on at ${clock(heard.recent)}`, () => void play({ video, seconds: heard.recent })));
    notice.hidden = false;
  }
  const wanted = new URLSearchParams(location.search).get("t") ?? /^#t-(\d+)$/.exec(location.hash)?.[1];
  if (wanted && /^\d+$/.test(wanted)) {
    element.dataset.start = wanted;
    element.dataset.open = "";
    facade.setAttribute("aria-label", `Play from ${clock(Number(wanted))}: ${facade.textContent?.trim()}`);
    showMoment(moments.linkAt(Number(wanted)) ?? moments.entries[0]?.link);
    void loadSession();
  }
}

/** Brings the moment of the address into view and marks it for a while. @param {HTMLElement | undefined} link */
function showMoment(link) {
  if (!link) return;
  link.scrollIntoView({ block: "center" });
  link.setAttribute("data-vn-shown", "");
  setTimeout(() => link.removeAttribute("data-vn-shown"), SHOWN);
}

/**
 * Offers to play each section with moments, and all moments of the note one after another.
 * @param {PageMoments} moments
 * @param {(parts: (module: typeof import("./queue.js")) => Part[]) => Promise<void>} enqueue
 */
function offerSections(moments, enqueue) {
  const text = document.querySelector(".vn-note .vn-text");
  if (!text || !moments.entries.length) return;
  /** @param {string} label @param {string} shown @param {(module: typeof import("./queue.js")) => Part[]} parts */
  const offer = (label, shown, parts) => {
    const element = button(shown, () => void enqueue(parts), "vn-play");
    element.setAttribute("aria-label", label);
    return element;
  };
  const headings = [...text.querySelectorAll(":scope > :is(h2, h3, h4)")];
  const names = headings.map((heading) => heading.textContent?.trim() ?? "");
  /** @type {number[][]} the moments below each heading */
  const below = headings.map(() => []);
  const all = moments.entries.map(({ link, seconds }) => {
    const number = headings.filter((heading) => heading.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING).length - 1;
    below[number]?.push(seconds);
    return { seconds, label: names[number] ?? document.querySelector("h1")?.textContent ?? "" };
  });
  headings.forEach((heading, number) => {
    const own = below[number];
    if (!own.length) return;
    const following = below.slice(number + 1).find((seconds) => seconds.length) ?? [];
    heading.append(offer(`Play this section: ${names[number]}`, "play", ({ sectionPart }) => [sectionPart(own, following, names[number])]));
  });
  const count = document.querySelector(".vn-strip p span:nth-child(2)");
  const label = count?.textContent;
  count?.replaceChildren(offer(`Play the moments of this note: ${label}`, `▸ ${label}`, ({ momentParts }) => momentParts(all)));
}

/**
 * Opens the menu of a timestamp by the key `.` or a long press.
 * @param {HTMLElement} dock
 * @param {HTMLElement} said
 */
function addMenu(dock, said) {
  /** @type {Promise<(link: HTMLElement) => void> | null} */
  let menu = null;
  const open = async (/** @type {HTMLElement} */ link) => {
    menu ??= import("./menu.js").then((module) => module.makeMenu(dock, (text) => (said.textContent = text)));
    (await menu)(link);
  };
  const stamp = (/** @type {EventTarget | null} */ target) =>
    /** @type {HTMLElement | null} */ (target instanceof Element ? target.closest(STAMPS) : null);
  document.addEventListener("keydown", (event) => {
    const link = stamp(event.target);
    if (!link || event.key !== "." || isModified(event)) return;
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
