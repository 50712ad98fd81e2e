// @ts-check
// A box on the page of a channel that leaves only the videos and notes with the words that are typed.
import { fold } from "./fold.js";
import { make } from "./page.js";

const tools = document.querySelector(".vn-hub .vn-tools");

if (tools && !tools.querySelector("input")) {
  const input = make("input", "vn-filter");
  const said = make("span", "");
  input.type = "search";
  input.autocomplete = "off";
  said.setAttribute("role", "status");
  tools.append(make("label", "", "Filter this page ", input), said);
  const videos = [...document.querySelectorAll(".vn-hub .vn-video")].map((element) => ({
    element: /** @type {HTMLElement} */ (element),
    title: fold(element.querySelector("h3")?.textContent ?? ""),
    notes: [...element.querySelectorAll("li")].map((note) => ({ note, text: fold(note.textContent ?? "") })),
  }));
  input.addEventListener("input", () => {
    const wanted = fold(input.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const { element, title, notes } of videos) {
      const whole = wanted.every((word) => title.includes(word));
      let any = whole;
      for (const { note, text } of notes) {
        note.hidden = !whole && !wanted.every((word) => `${title} ${text}`.includes(word));
        any ||= !note.hidden;
      }
      element.hidden = !any;
      left += any ? 1 : 0;
    }
    said.textContent = wanted.length ? `${left} of ${videos.length} videos` : "";
  });
}
