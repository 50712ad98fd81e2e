// @ts-check
// What plays, in the page: its timestamp, its section and its tick in the strip are marked, and the page may follow.
import { STAMPS, momentOf } from "./time.js";

export class Follow {
  /** @type {Element | null} */
  #current = null;

  /**
   * @param {import("./player.js").Dock} dock
   * @param {{link: Element, seconds: number}[]} ticks those of the strip, in the order of time
   */
  constructor(dock, ticks) {
    this.dock = dock;
    this.ticks = ticks;
    // The page follows the playhead if the site wants that, until the reader moves by himself.
    this.scrolls = "follow" in dock.element.dataset;
    const stop = (/** @type {Event} */ { target }) => {
      if (!(target instanceof Element && target.closest(`.vn-dock, ${STAMPS}`))) this.scrolls = false;
    };
    for (const name of ["wheel", "touchmove", "pointerdown"]) document.addEventListener(name, stop, { passive: true });
    document.addEventListener("selectionchange", () => {
      if (!getSelection()?.isCollapsed) this.scrolls = false;
    });
  }

  /** @param {Element | null} link that of the moment that plays */
  mark(link) {
    if (link === this.#current) return;
    for (const element of document.querySelectorAll("[data-vn-current]")) element.removeAttribute("data-vn-current");
    this.#current?.removeAttribute("aria-current");
    this.#current = link;
    if (!link) return;
    const section = sectionOf(link);
    const seconds = momentOf(link)?.seconds ?? 0;
    const tick = this.ticks.findLast((tick) => tick.seconds <= seconds);
    link.setAttribute("aria-current", "true");
    for (const element of [link, section, tick?.link]) element?.setAttribute("data-vn-current", "");
    this.#scrollTo(link);
    this.#tellSystem(section?.textContent?.replace(/play$/, "").trim() ?? "");
  }

  /** @param {Element} link */
  #scrollTo(link) {
    if (!this.scrolls || !this.dock.playing) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    link.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  /** @param {string} part what the keyboard's and the system's media controls show besides the note */
  #tellSystem(part) {
    if (!("mediaSession" in navigator)) return;
    const note = document.querySelector("h1")?.textContent ?? "";
    navigator.mediaSession.metadata = new MediaMetadata({ title: part ? `${note}: ${part}` : note, artist: this.dock.title });
  }
}

/**
 * @param {Element} link
 * @returns {Element | undefined} the heading above a link in the text
 */
function sectionOf(link) {
  const headings = [...document.querySelectorAll(".vn-text :is(h2, h3, h4)")];
  return headings.findLast((heading) => heading.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING);
}
