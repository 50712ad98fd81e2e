// @ts-check
// YouTube's IFrame Player API, on the host that sets no cookies. Nothing is asked of YouTube before `embed` is called.

/**
 * @typedef {object} Player what the API calls YT.Player
 * @property {() => void} playVideo
 * @property {() => void} pauseVideo
 * @property {() => void} stopVideo
 * @property {(seconds: number, ahead: boolean) => void} seekTo
 * @property {(options: {videoId: string, startSeconds: number}) => void} loadVideoById
 * @property {() => number} getCurrentTime
 * @property {() => number} getPlayerState
 * @property {() => boolean} isMuted
 * @property {() => void} mute
 * @property {() => void} unMute
 * @property {() => void} destroy
 */

const HOST = "https://www.youtube-nocookie.com";
const API = "https://www.youtube.com/iframe_api";
const PATIENCE = 8000; // milliseconds

/** The codes of the API's onError, in words. */
const ERRORS = new Map([
  [2, "YouTube does not know this video."],
  [5, "YouTube's player failed."],
  [100, "This video is private or was deleted."],
  [101, "This video may only be watched on YouTube."],
  [150, "This video may only be watched on YouTube."],
  [153, "YouTube refused to play the video here."],
]);

/** @returns {Promise<any>} the API, `YT` */
function loadApi() {
  const scope = /** @type {any} */ (window);
  if (scope.YT?.Player) return Promise.resolve(scope.YT);
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error("YouTube cannot be reached."));
    const before = scope.onYouTubeIframeAPIReady;
    scope.onYouTubeIframeAPIReady = () => {
      before?.();
      resolve(scope.YT);
    };
    if (!document.querySelector(`script[src="${API}"]`)) {
      const script = document.createElement("script");
      script.src = API;
      script.onerror = fail;
      document.head.append(script);
    }
    setTimeout(fail, PATIENCE);
  });
}

/**
 * Puts a player into `place` and plays.
 * @param {HTMLElement} place
 * @param {{video: string, seconds: number}} moment
 * @param {string} title
 * @param {(state: number) => void} onState
 * @param {(problem: string) => void} onError
 * @returns {Promise<Player>}
 */
export async function embed(place, { video, seconds }, title, onState, onError) {
  const frame = document.createElement("iframe");
  const options = new URLSearchParams({ enablejsapi: "1", playsinline: "1", autoplay: "1", rel: "0", start: String(seconds) });
  if (location.origin.startsWith("http")) options.set("origin", location.origin);
  frame.src = `${HOST}/embed/${video}?${options}`;
  frame.title = title;
  frame.allow = "autoplay; encrypted-media; picture-in-picture; fullscreen";
  frame.referrerPolicy = "strict-origin-when-cross-origin"; // without it, YouTube answers with error 153
  place.replaceChildren(frame);
  const api = await loadApi();
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("YouTube's player does not answer.")), PATIENCE);
    const player = new api.Player(frame, {
      host: HOST,
      events: {
        onReady: () => {
          clearTimeout(late);
          resolve(player);
        },
        onStateChange: (/** @type {{data: number}} */ event) => onState(event.data),
        onError: (/** @type {{data: number}} */ event) => {
          clearTimeout(late);
          onError(ERRORS.get(event.data) ?? `YouTube's player failed (error ${event.data}).`);
        },
      },
    });
  });
}
