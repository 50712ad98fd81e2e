// @ts-check
// What the reader has heard of each video: kept in this browser alone, shown in the strip of the note.
import { load, make, store } from "./page.js";
import { momentOf } from "./time.js";

/** @typedef {{at: number, when: number, heard: number[]}} Progress where in the video (s), when (ms), which moments (s) */

const KEY = "videonotes.heard";
const MOST = 300; // videos; the oldest go first
const PAUSE = 2000; // milliseconds between two times that the playhead is kept
const NEAR = 60; // seconds after a moment in which it is heard
const RECENT = 30 * 60_000; // milliseconds for which going on from another page is offered

/** @returns {Record<string, Progress>} by video */
function loadAll() {
  const found = load(KEY);
  return found && typeof found === "object" ? found : {};
}

/**
 * @param {Record<string, Progress>} all
 * @param {string} video
 * @returns {Progress}
 */
function progressOf(all, video) {
  const { at, when, heard } = all[video] ?? {};
  return { at: Number(at) || 0, when: Number(when) || 0, heard: Array.isArray(heard) ? heard : [] };
}

/** What was heard of one video. */
export class Heard {
  /**
   * @param {string} video
   * @param {boolean} remembers whether the site lets the browser keep it
   */
  constructor(video, remembers) {
    this.video = video;
    this.remembers = remembers;
    this.kept = 0;
    const { at, when, heard } = progressOf(remembers ? loadAll() : {}, video);
    this.moments = new Set(heard);
    this.ticks = [...document.querySelectorAll(".vn-strip a")].map((link) => ({ link, seconds: momentOf(link)?.seconds ?? 0 }));
    /** Where another page of the video stopped a short time ago, in seconds; 0 if none did. */
    this.recent = Date.now() - when < RECENT ? at : 0;
  }

  show() {
    for (const { link, seconds } of this.ticks) link.toggleAttribute("data-vn-heard", this.moments.has(seconds));
  }

  /**
   * Keeps where the playhead is.
   * @param {number} time seconds
   * @param {number | null} moment the one that is played, in seconds
   */
  keep(time, moment) {
    const fresh = moment !== null && time - moment < NEAR && !this.moments.has(moment);
    if (!this.remembers || (!fresh && performance.now() - this.kept < PAUSE)) return;
    this.kept = performance.now();
    if (fresh) this.moments.add(moment);
    const all = loadAll();
    const { heard } = progressOf(all, this.video); // other tabs keep theirs there
    if (fresh && !heard.includes(moment)) heard.push(moment);
    all[this.video] = { at: Math.floor(time), when: Date.now(), heard };
    const newest = Object.entries(all).sort(([, one], [, other]) => other.when - one.when).slice(0, MOST);
    store(KEY, Object.fromEntries(newest));
    if (fresh) this.show();
  }

  /** Forgets every video. */
  forget() {
    store(KEY, null);
    this.moments.clear();
    this.show();
  }
}

/** Saves what is kept of every video as a file. */
export function save() {
  const link = make("a", "");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(loadAll(), null, 1)], { type: "application/json" }));
  link.download = "videonotes-heard.json";
  link.click();
  URL.revokeObjectURL(link.href);
}
