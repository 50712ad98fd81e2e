// @ts-check
// A box on the page of a channel that leaves only the videos and notes with the words that are typed.
import { fold } from "./fold.js";

const tools = document.querySelector(".vn-hub .vn-tools");

if (tools && !tools.querySelector("input")) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const said = document.createElement("span");
  input.type = "search";
  input.className = "vn-filter";
  input.autocomplete = "off";
  label.append("Filter this page ", input);
  said.setAttribute("role", "status");
  tools.append(label, said);
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
