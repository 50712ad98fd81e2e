// @ts-check
// Parts of a video one after another: the moments of a section or of the whole note, each for as long as it is spoken of.
import { button, make } from "./page.js";
import { SETTLED } from "./player.js";
import { clock } from "./time.js";

/** @typedef {{from: number, to: number, label: string}} Part seconds into the video */

const SHORTEST = 8; // seconds for which a moment is played
const LONGEST = 45;
const AFTER = 20; // seconds that a section goes on after its last moment

/**
 * The moments of a note, each until the next one, 8 to 45 seconds.
 * @param {{seconds: number, label: string}[]} moments in the order of time
 * @returns {Part[]}
 */
export function momentParts(moments) {
  /** @type {Part[]} */
  const parts = [];
  moments.forEach(({ seconds, label }, number) => {
    const last = parts.at(-1);
    if (last && seconds < last.to) return; // it is heard already
    const next = moments.slice(number + 1).find((other) => other.seconds > seconds)?.seconds ?? seconds + LONGEST;
    parts.push({ from: seconds, to: seconds + Math.min(Math.max(next - seconds, SHORTEST), LONGEST), label });
  });
  return parts;
}

/**
 * A section: from its first moment to 20 seconds after its last, or to the first moment of the next section.
 * @param {number[]} own seconds of its moments
 * @param {number[]} following seconds of the moments of the next section
 * @param {string} label
 * @returns {Part}
 */
export function sectionPart(own, following, label) {
  const from = Math.min(...own);
  const end = Math.max(...own) + AFTER;
  const next = Math.min(...following.filter((seconds) => seconds > Math.max(...own)));
  return { from, to: Math.min(end, next), label };
}

/** What is played one after another; shown, and stopped by its button. */
export class Queue {
  /**
   * @param {import("./player.js").Dock} dock
   */
  constructor(dock) {
    this.dock = dock;
    /** @type {Part[]} */
    this.parts = [];
    this.number = -1;
    this.line = make("p", "vn-dock__queue");
    this.line.hidden = true;
    dock.element.append(this.line);
  }

  /** @param {Part[]} parts */
  async start(parts) {
    if (!parts.length) return;
    this.parts = parts;
    await this.go(0);
  }

  /** @param {number} number */
  async go(number) {
    this.number = number;
    const part = this.parts[number];
    if (!part) {
      this.stop();
      this.dock.player?.pauseVideo();
      return;
    }
    const place = this.parts.length > 1 ? `${number + 1} of ${this.parts.length}: ` : "";
    const stop = button("Stop", () => this.stop());
    this.line.replaceChildren(`${place}${part.label}, ${clock(part.from)} to ${clock(part.to)} `, stop);
    this.line.hidden = false;
    this.sought = performance.now();
    await this.dock.play({ video: this.dock.own, seconds: part.from });
  }

  /** Plays on without the queue. */
  stop() {
    this.number = -1;
    this.line.hidden = true;
  }

  /** Goes on to the next part where this one has ended. Called while the video plays. */
  look() {
    const part = this.parts[this.number];
    // Right after a seek, the player still tells the time before it.
    if (!part || performance.now() - (this.sought ?? 0) < SETTLED) return;
    if (this.dock.time >= part.to) void this.go(this.number + 1);
  }
}
