// @ts-check
// What several modules ask of the browser: new elements, what a key or a click means, what it keeps, where the site begins.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {string} className
 * @param {(Node | string)[]} content
 */
export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/**
 * @param {string} label
 * @param {() => void} act
 * @param {string} [className]
 */
export function button(label, act, className = "") {
  const element = make("button", className, label);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** Whether a key is held that gives another key, or a click, a meaning of its own. @param {KeyboardEvent | MouseEvent} event */
export function isModified(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Whether a click asks for what the element does: not for a new tab, a new window, a download or a menu. @param {MouseEvent} event */
export function isPlain(event) {
  return !event.defaultPrevented && !event.button && !event.shiftKey && !isModified(event);
}

/** Whether keys go into a field. @param {Event} event */
export function isTyping(event) {
  const target = event.target;
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** @returns {URL} the root of the site, as the build tells it to scripts */
export function siteRoot() {
  const { base } = JSON.parse(document.getElementById("__config")?.textContent ?? "{}");
  return new URL((base ?? ".").replace(/\/*$/, "/"), location.href);
}

/**
 * What this browser keeps, as JSON. Storage may be refused, full, or hold what others put there.
 * @param {string} key
 * @returns {any} `null` where nothing is kept
 */
export function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {unknown} value `null` where nothing is to be kept
 */
export function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Then nothing is kept.
  }
}
