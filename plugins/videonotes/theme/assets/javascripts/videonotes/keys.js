// @ts-check
// The keys of the player, and the list of them.
import { save } from "./heard.js";
import { button, isModified, isTyping, make } from "./page.js";

/** @type {[key: string, meaning: string][]} */
const KEYS = [
  ["k", "play or pause"],
  ["j, l", "10 seconds back, forward"],
  ["[, ]", "previous, next moment"],
  ["m", "mute"],
  ["p", "go to the player"],
  ["Escape", "close the player"],
  [".", "on a timestamp: its menu"],
  ["?", "this list"],
];

/** @param {import("./session.js").Session} session what the keys steer while its player is open */
export function addKeys(session) {
  const { dock } = session;
  /** @type {Record<string, () => void>} */
  const actions = {
    k: () => dock.toggle(),
    j: () => dock.skip(-10),
    l: () => dock.skip(10),
    "[": () => session.previous(),
    "]": () => session.next(),
    m: () => dock.mute(),
    p: () => dock.element.querySelector("button")?.focus(),
    Escape: () => session.close(),
  };
  document.addEventListener("keydown", (event) => {
    if (!("open" in dock.element.dataset) || "keyless" in dock.element.dataset) return;
    if (isTyping(event) || isModified(event) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    actions[event.key]?.();
  });
}

/** Shows the list of keys, or closes it. @param {import("./heard.js").Heard} heard */
export function toggleHelp(heard) {
  const help = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.vn-keys") ?? makeHelp(heard));
  if (help.open) help.close();
  else help.showModal();
}

/** @param {import("./heard.js").Heard} heard */
function makeHelp(heard) {
  const help = make("dialog", "vn-keys", ...KEYS.map(([key, meaning]) => make("p", "", make("kbd", "", key), ` ${meaning}`)));
  help.setAttribute("aria-label", "Keys of the player");
  if (heard.remembers) {
    const choices = [button("Save what you have heard as a file", save, "vn-play"), button("Forget everything", () => heard.forget(), "vn-play")];
    help.append(make("p", "", choices[0], " ", choices[1]));
  }
  document.body.append(help);
  return help;
}
