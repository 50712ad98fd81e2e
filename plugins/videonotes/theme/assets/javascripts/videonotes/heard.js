// @ts-check
// What the reader has heard of each video, kept in this browser alone.

/** @typedef {{at: number, when: number, heard: number[]}} Heard where in the video, when (ms), which moments */

const KEY = "videonotes.heard";
const MOST = 300; // videos; the oldest go first

/** @returns {Record<string, Heard>} */
function read() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return found && typeof found === "object" ? found : {};
  } catch {
    return {}; // storage is blocked, or holds something else
  }
}

/** @param {Record<string, Heard>} all */
function write(all) {
  const kept = Object.entries(all).sort(([, one], [, other]) => other.when - one.when).slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Nothing is kept then.
  }
}

/**
 * @param {string} video
 * @returns {Heard}
 */
export function heardOf(video) {
  const { at = 0, when = 0, heard = [] } = read()[video] ?? {};
  return { at: Number(at) || 0, when: Number(when) || 0, heard: Array.isArray(heard) ? heard : [] };
}

/**
 * @param {string} video
 * @param {number} at seconds
 * @param {number | null} moment seconds of the moment that is played, if it is one
 */
export function keep(video, at, moment) {
  const all = read();
  const { heard } = heardOf(video);
  if (moment !== null && !heard.includes(moment)) heard.push(moment);
  all[video] = { at: Math.floor(at), when: Date.now(), heard };
  write(all);
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There is nothing then.
  }
}

/** Saves everything that is kept as a file. */
export function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(read(), null, 1)], { type: "application/json" }));
  link.download = "videonotes-heard.json";
  link.click();
  URL.revokeObjectURL(link.href);
}
