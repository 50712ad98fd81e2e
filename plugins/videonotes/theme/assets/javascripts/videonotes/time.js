// @ts-check
// Moments in links: which video, which second, how a time is written and spoken; and all those of a page.

/** @typedef {{video: string, seconds: number}} Moment `seconds` into the video with that id. */

const WATCH = /^https:\/\/(?:www\.youtube\.com\/watch\?v=|youtu\.be\/)([\w-]{11})[?&]t=(\d+)s?$/;

/** The timestamps of notes, and of the page of a video. */
export const STAMPS = 'a.yt-timestamp, .vn-timeline a[href^="https:"]';

/**
 * @param {Element | null} element
 * @returns {Moment | null} the moment that a link leads to
 */
export function momentOf(element) {
  const match = WATCH.exec(element?.getAttribute("href") ?? "");
  return match ? { video: match[1], seconds: Number(match[2]) } : null;
}

/**
 * @param {Moment} moment
 * @returns {string} the address of the moment on YouTube
 */
export function watchUrl({ video, seconds }) {
  return `https://www.youtube.com/watch?v=${video}&t=${Math.floor(seconds)}s`;
}

/**
 * @param {number} seconds
 * @returns {string} YouTube's form: `m:ss`, or `h:mm:ss`
 */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, String(whole % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/**
 * @param {number} seconds
 * @returns {string} a time as it is said: "1 hour 2 minutes 3 seconds"
 */
export function spoken(seconds) {
  const whole = Math.floor(seconds);
  /** @type {[number, string][]} */
  const parts = [[Math.floor(whole / 3600), "hour"], [Math.floor(whole / 60) % 60, "minute"], [whole % 60, "second"]];
  const said = parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`);
  return said.join(" ") || "the beginning";
}

/** The moments that the text of a page names of its own video, in the order of time. */
export class PageMoments {
  /** @param {string} video */
  constructor(video) {
    /** @type {{link: HTMLElement, seconds: number}[]} */
    this.entries = [];
    for (const link of document.querySelectorAll('.vn-text a.yt-timestamp, .vn-timeline a[href^="https:"]')) {
      const moment = momentOf(link);
      if (moment?.video === video) this.entries.push({ link: /** @type {HTMLElement} */ (link), seconds: moment.seconds });
    }
    this.entries.sort((one, other) => one.seconds - other.seconds);
  }

  /**
   * @param {number} seconds
   * @returns {number} the number of the latest moment at or before a second, of several its first link; -1: there is none
   */
  at(seconds) {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle].seconds <= seconds) low = middle + 1;
      else high = middle;
    }
    while (low > 1 && this.entries[low - 2].seconds === this.entries[low - 1].seconds) low--;
    return low - 1;
  }

  /**
   * @param {number} seconds
   * @returns {HTMLElement | null} the link of the latest moment at or before a second
   */
  linkAt(seconds) {
    return this.entries[this.at(seconds)]?.link ?? null;
  }
}
