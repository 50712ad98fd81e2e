// @ts-check
// The player at work: what plays is marked in the page, kept as heard, and gone through moment by moment.
import { Follow } from "./follow.js";
import { addKeys } from "./keys.js";
import { Dock } from "./player.js";

/** @typedef {import("./time.js").Moment} Moment */

const TICK = 250; // milliseconds between two looks at the playhead
const STARTED = 2; // seconds after which "previous" is the moment that plays, not the one before it

export class Session {
  /**
   * @param {import("./player.js").Place} place
   * @param {import("./time.js").PageMoments} moments
   * @param {import("./heard.js").Heard} heard
   */
  constructor(place, moments, heard) {
    this.moments = moments;
    this.heard = heard;
    this.dock = new Dock(place);
    this.follow = new Follow(this.dock, heard.ticks);
    /** @type {import("./queue.js").Queue | null} */
    this.queue = null;
    const previous = () => this.previous();
    const next = () => this.next();
    this.dock.addControls([
      ["Previous moment", previous, "M6 6h2v12H6zm12 0v12l-8.5-6z"],
      ["Play or pause", () => this.dock.toggle(), "M3 6l8.5 6L3 18zM14 6h2.5v12H14zm5 0h2.5v12H19z"],
      ["Next moment", next, "M16 6h2v12h-2zM6 6v12l8.5-6z"],
      ["Change the size", () => this.dock.resize(), "M4 14h2v4h4v2H4zM14 4h6v6h-2V6h-4z"],
      ["Open in a window of its own", () => this.dock.popOut(), "M14 4h6v6h-2V7.4l-7.3 7.3-1.4-1.4L16.6 6H14zM5 6h6v2H6v10h10v-5h2v7H4V6z"],
      ["Fold or unfold the player", () => place.element.toggleAttribute("data-small"), "M6 9l6 6 6-6z"],
      ["Close the player", () => this.close(), "M6 7.4 7.4 6l4.6 4.6L16.6 6 18 7.4 13.4 12l4.6 4.6-1.4 1.4-4.6-4.6L7.4 18 6 16.6l4.6-4.6z"],
    ]);
    addKeys(this);
    if ("mediaSession" in navigator) {
      navigator.mediaSession.setActionHandler("previoustrack", previous);
      navigator.mediaSession.setActionHandler("nexttrack", next);
    }
    setInterval(() => this.#look(), TICK);
  }

  /**
   * Plays from a moment on, out of any queue.
   * @param {Moment} moment
   * @param {Element | null} link the one to mark
   */
  play(moment, link) {
    this.queue?.stop();
    if (link) this.follow.mark(link);
    void this.dock.play(moment);
  }

  /** @param {number} number that of a moment of the page */
  go(number) {
    const { entries } = this.moments;
    const entry = entries[Math.min(Math.max(number, 0), entries.length - 1)];
    if (entry) this.play({ video: this.dock.own, seconds: entry.seconds }, entry.link);
  }

  previous() {
    this.go(this.moments.at(this.dock.time - STARTED));
  }

  next() {
    const after = this.moments.entries.findIndex((entry) => entry.seconds > this.dock.time + 0.5);
    if (after >= 0) this.go(after);
  }

  close() {
    this.follow.mark(null);
    this.queue?.stop();
    this.dock.close();
  }

  /**
   * Plays parts of the video one after another.
   * @param {import("./queue.js").Part[]} parts
   * @param {typeof import("./queue.js")} module
   */
  async playParts(parts, module) {
    this.queue ??= new module.Queue(this.dock);
    await this.queue.start(parts);
  }

  #look() {
    if (!this.dock.playing || this.dock.video !== this.dock.own) return;
    const { time } = this.dock;
    const entry = this.moments.entries[this.moments.at(time)];
    this.follow.mark(entry?.link ?? null);
    this.heard.keep(time, entry?.seconds ?? null);
    this.queue?.look();
  }
}
