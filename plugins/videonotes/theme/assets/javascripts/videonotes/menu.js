// @ts-check
// The menu of a timestamp: copy the link, copy a quote, open on YouTube, and what other
// notes say at this moment.
import { make } from "./page.js";
import { clock, momentOf, watchUrl } from "./time.js";

const NEAR = 15; // seconds before and after a moment within which another one is "at" it, as the build has it

/**
 * @param {HTMLElement} dock what other notes say is in its `data-also`: `SECONDS.HITS …`, all of it digits of base 36.
 *   A hit is two of them: the number of a note below "From this video", and the seconds from `NEAR` before the moment
 * @returns {Map<number, [note: number, seconds: number][]>}
 */
function readAlso(dock) {
  const entries = (dock.dataset.also ?? "").split(" ").filter(Boolean).map((entry) => {
    const [at, hits] = entry.split(".");
    const seconds = parseInt(at, 36);
    const pairs = (hits.match(/../g) ?? []).map((hit) => /** @type {[number, number]} */ ([parseInt(hit[0], 36), seconds - NEAR + parseInt(hit[1], 36)]));
    return /** @type {[number, [number, number][]]} */ ([seconds, pairs]);
  });
  return new Map(entries);
}

/**
 * The sentence around a timestamp: the text of its block between the ends of sentences nearest to it.
 * @param {Element} link
 */
function sentenceOf(link) {
  const block = link.closest("p, li, td, h1, h2, h3, h4, h5, h6, dd, blockquote") ?? link;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEndBefore(link);
  const before = range.toString();
  range.setStartAfter(link);
  range.setEndAfter(block.lastChild ?? link);
  const start = before.trimEnd().split(/(?<=[.!?…])\s+/).pop() ?? "";
  const end = /^.*?[.!?…](?=\s|$)/s.exec(range.toString())?.[0] ?? range.toString().split(/(?=[.!?…]\s)/)[0];
  return `${start}${end}`.replace(/\s+/g, " ").replace(/\s+([.,;:!?])/g, "$1").trim();
}

/**
 * @param {HTMLElement} dock
 * @param {(text: string) => void} say tells a screen reader
 * @returns {(link: HTMLElement) => void} opens the menu of a timestamp
 */
export function makeMenu(dock, say) {
  const also = readAlso(dock);
  const siblings = [...document.querySelectorAll("[aria-labelledby=videonotes-siblings] li a")];
  const menu = make("div", "vn-menu");
  menu.setAttribute("role", "menu");
  menu.hidden = true;
  document.querySelector(".vn-note, .vn-video-page")?.append(menu);
  /** @type {HTMLElement | null} */
  let opener = null;

  function close(back = true) {
    menu.hidden = true;
    if (back) opener?.focus();
    opener = null;
  }

  /** @param {string} text @param {string} said */
  async function copy(text, said) {
    try {
      await navigator.clipboard.writeText(text);
      say(said);
    } catch {
      prompt("Copy this:", text);
    }
    close();
  }

  /** @param {HTMLElement} link */
  function open(link) {
    const moment = momentOf(link);
    if (!moment) return;
    opener = link;
    const own = moment.video === dock.dataset.video;
    const page = new URL(location.href);
    page.search = own ? `?t=${moment.seconds}` : "";
    page.hash = "";
    const here = own ? page.href : watchUrl(moment);
    const title = document.querySelector("h1")?.textContent?.trim() ?? "";
    const quote = `> ${sentenceOf(link)}\n>\n> [${title}](${here}), [${dock.querySelector("a")?.textContent?.trim() || "video"} at ${clock(moment.seconds)}](${watchUrl(moment)})\n`;
    /** @param {string} label @param {string | (() => void)} act */
    const item = (label, act) => {
      const element = make(typeof act === "string" ? "a" : "button", "", label);
      element.setAttribute("role", "menuitem");
      element.tabIndex = -1;
      if (element instanceof HTMLAnchorElement) element.href = String(act);
      else element.addEventListener("click", /** @type {() => void} */ (act));
      return element;
    };
    const items = [
      item("Copy link to this moment", () => void copy(here, "Link copied")),
      item("Copy as a quote", () => void copy(quote, "Quote copied")),
      item("Open on YouTube", watchUrl(moment)),
    ];
    for (const [number, seconds] of also.get(moment.seconds) ?? []) {
      const sibling = siblings[number];
      if (sibling instanceof HTMLAnchorElement) items.push(item(`Also at ${clock(seconds)}: ${sibling.textContent}`, `${sibling.href}#t-${seconds}`));
    }
    menu.replaceChildren(...items);
    menu.hidden = false;
    const box = link.getBoundingClientRect();
    const room = document.documentElement.clientWidth - menu.offsetWidth - 8;
    menu.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
    menu.style.top = `${box.bottom + menu.offsetHeight < innerHeight ? box.bottom + 4 : Math.max(8, box.top - menu.offsetHeight - 4)}px`;
    items[0].focus();
  }

  menu.addEventListener("keydown", (event) => {
    const items = /** @type {HTMLElement[]} */ ([...menu.children]);
    const number = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const to = { ArrowDown: number + 1, ArrowUp: number - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && event.target instanceof Node && !menu.contains(event.target)) close(false);
  });
  addEventListener("scroll", () => menu.hidden || close(false), { passive: true });
  return open;
}
