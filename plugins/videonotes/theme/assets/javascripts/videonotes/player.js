// @ts-check
// The player of a page: its place is there from the start, and is filled when the reader asks for a moment.
import { button, make } from "./page.js";
import { clock, spoken, watchUrl } from "./time.js";

const PLAYING = 1; // YT.PlayerState.PLAYING
export const SETTLED = 1000; // milliseconds after which the player tells the time after a seek

/** @typedef {import("./time.js").Moment} Moment */

/** @typedef {{element: HTMLElement, facade: HTMLElement, notice: HTMLElement, said: HTMLElement}} Place `.vn-dock` and its parts */

/**
 * @param {string} label
 * @param {() => void} act
 * @param {string} sign the path of an icon of 24 units
 */
function iconButton(label, act, sign) {
  const element = button("", act);
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  icon.append(document.createElementNS("http://www.w3.org/2000/svg", "path"));
  icon.firstElementChild?.setAttribute("d", sign);
  element.title = label;
  element.setAttribute("aria-label", label);
  element.append(icon);
  return element;
}

/** One player, in the element `.vn-dock`. */
export class Dock {
  /** @param {Place} place */
  constructor({ element, facade, notice, said }) {
    this.element = element;
    this.facade = facade;
    this.notice = notice;
    this.said = said;
    this.own = element.dataset.video ?? "";
    this.video = this.own;
    this.title = facade.textContent?.trim() ?? "";
    /** @type {import("./youtube.js").Player | null} */
    this.player = null;
    /** @type {Promise<void> | null} */
    this.opening = null;
    this.sought = 0;
    this.soughtAt = -SETTLED;
    this.place = /** @type {HTMLElement} */ (element.querySelector(".vn-dock__place"));
    this.controls = make("div", "vn-dock__controls");
    notice.after(this.controls);
  }

  /** Whether a player is there and plays. */
  get playing() {
    return this.player?.getPlayerState() === PLAYING;
  }

  /** Seconds into the video, 0 before it plays. */
  get time() {
    return this.player?.getCurrentTime() ?? 0;
  }

  /**
   * Plays from a moment on; the first call asks YouTube for its player.
   * @param {Moment} moment
   */
  async play(moment) {
    const other = moment.video !== this.own;
    this.element.dataset.open = "";
    delete this.element.dataset.offers;
    this.tell(other ? "This moment is in another video than the page's." : "", other);
    this.said.textContent = `Playing from ${spoken(moment.seconds)}`;
    if (this.player && moment.video === this.video) {
      this.player.seekTo(moment.seconds, true);
      this.player.playVideo();
    } else if (this.player) {
      this.player.loadVideoById({ videoId: moment.video, startSeconds: moment.seconds });
    } else if (this.opening) {
      await this.opening;
      if (this.player) await this.play(moment);
      return;
    } else {
      this.opening = this.open(moment);
      await this.opening;
      this.opening = null;
    }
    this.video = moment.video;
  }

  /** @param {Moment} moment */
  async open(moment) {
    try {
      const onState = (/** @type {number} */ state) => {
        this.element.dataset.state = state === PLAYING ? "playing" : "paused";
      };
      const { embed } = await import("./youtube.js");
      this.player = await embed(this.place, moment, this.title, onState, (problem) => this.fail(problem, moment));
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error), moment);
    }
  }

  /**
   * Says what went wrong, with the way to YouTube; timestamps are plain links from then on.
   * @param {string} problem
   * @param {Moment} moment
   */
  fail(problem, moment) {
    this.element.dataset.failed = "";
    this.player = null;
    this.place.replaceChildren(this.facade);
    delete this.element.dataset.state;
    const link = make("a", "", `Watch it on YouTube at ${clock(moment.seconds)}`);
    link.href = watchUrl(moment);
    this.notice.replaceChildren(`${problem} `, link);
    this.notice.hidden = false;
    this.said.textContent = problem;
  }

  /**
   * @param {string} text
   * @param {boolean} back whether a way back to the page's own video is offered
   */
  tell(text, back) {
    const way = button("Back to this page's video", () => void this.play({ video: this.own, seconds: 0 }));
    this.notice.replaceChildren(text, ...(back ? [" ", way] : []));
    this.notice.hidden = !text;
  }

  toggle() {
    if (this.playing) this.player?.pauseVideo();
    else this.player?.playVideo();
  }

  /** @param {number} seconds how far to go, back if negative */
  skip(seconds) {
    // For a moment after a seek the player still tells the time before it; several presses add up.
    const now = performance.now();
    this.sought = Math.max(0, (now - this.soughtAt < SETTLED ? this.sought : this.time) + seconds);
    this.soughtAt = now;
    this.player?.seekTo(this.sought, true);
  }

  /** Goes through the sizes: as it was, larger, largest. */
  resize() {
    const size = (Number(this.element.dataset.size ?? 0) + 1) % 3;
    if (size) this.element.dataset.size = String(size);
    else delete this.element.dataset.size;
  }

  /** Goes on in a window of YouTube's. */
  popOut() {
    this.player?.pauseVideo();
    open(watchUrl({ video: this.video, seconds: this.time }), "videonotes", "popup,width=960,height=600,noopener");
  }

  mute() {
    if (this.player?.isMuted()) this.player.unMute();
    else this.player?.mute();
  }

  /** Takes the player away: the place is as it was. */
  close() {
    this.player?.destroy();
    this.player = null;
    this.video = this.own;
    this.place.replaceChildren(this.facade);
    this.tell("", false);
    delete this.element.dataset.open;
    delete this.element.dataset.state;
    delete this.element.dataset.small;
    this.said.textContent = "Player closed";
  }

  /** @param {[label: string, act: () => void, sign: string][]} entries */
  addControls(entries) {
    this.controls.replaceChildren(...entries.map((entry) => iconButton(...entry)));
  }
}
