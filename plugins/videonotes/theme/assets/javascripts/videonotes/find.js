// @ts-check
// Opens the search: the button, and the keys /, s and Ctrl+K. What it needs is loaded when it is asked for.

const link = document.querySelector("a.vn-find");
/** @type {Promise<import("./dialog.js").Dialog> | null} */
let dialog = null;

async function open() {
  const own = document.querySelector(".vn-search-page input[name=q]");
  if (own instanceof HTMLInputElement) return own.select();
  dialog ??= import("./dialog.js").then((module) => new module.Dialog(/** @type {HTMLAnchorElement} */ (link).href));
  let typed = "";
  /** What is typed before the dialog is there goes into it. @param {KeyboardEvent} event */
  const keep = (event) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
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
    location.assign(/** @type {HTMLAnchorElement} */ (link).href);
  } finally {
    removeEventListener("keydown", keep, true);
  }
}

/** @param {KeyboardEvent} event */
function asks(event) {
  const typing = event.target instanceof HTMLElement && (event.target.isContentEditable || event.target.matches("input, textarea, select"));
  if (event.altKey || event.defaultPrevented) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === "k" && !event.shiftKey;
  return !typing && (event.key === "/" || event.key === "s");
}

if (link) {
  link.addEventListener("click", (event) => {
    const { button, ctrlKey, metaKey, shiftKey } = /** @type {MouseEvent} */ (event);
    if (button || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    void open();
  });
  document.addEventListener("keydown", (event) => {
    if (!asks(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    void open();
  });
}
