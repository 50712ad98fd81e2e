// @ts-check
// Moments in links: which video, which second, and how a time is written and spoken.

/** @typedef {{video: string, seconds: number}} Moment `seconds` into the video with that id. */

const WATCH = /^https:\/\/(?:www\.youtube\.com\/watch\?v=|youtu\.be\/)([\w-]{11})[?&]t=(\d+)s?$/;

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
