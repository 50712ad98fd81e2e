// @ts-check
// Opens the search: the button, and the keys /, s and Ctrl+K. What it needs is loaded when it is asked for.
import { isModified, isPlain, isTyping } from "./page.js";

const link = document.querySelector("a.vn-find");
/** @type {Promise<import("./dialog.js").Dialog> | null} */
let dialog = null;

/** @param {string} page the URL of the search page */
async function open(page) {
  const own = document.querySelector(".vn-search-page input[name=q]");
  if (own instanceof HTMLInputElement) {
    own.focus();
    own.select();
    return;
  }
  dialog ??= import("./dialog.js").then((module) => new module.Dialog(page));
  let typed = "";
  /** What is typed before the dialog is there goes into it. @param {KeyboardEvent} event */
  const keep = (event) => {
    if (event.key.length > 1 || isModified(event)) return;
    typed += event.key;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("keydown", keep, true);
  try {
    const opened = await dialog;
    opened.open(typed);
  } catch {
    dialog = null;
    location.assign(page);
  } finally {
    removeEventListener("keydown", keep, true);
  }
}

/** Whether a key asks for the search. @param {KeyboardEvent} event */
function asks(event) {
  if (event.altKey || event.defaultPrevented) return false;
  if (isModified(event)) return event.key.toLowerCase() === "k" && !event.shiftKey;
  return !isTyping(event) && (event.key === "/" || event.key === "s");
}

if (link instanceof HTMLAnchorElement && !("ready" in link.dataset)) {
  link.dataset.ready = "";
  link.addEventListener("click", (event) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    void open(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (!asks(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    void open(link.href);
  });
}
