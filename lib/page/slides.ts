/** The script of the workshop's slides; `?notes` shows the teacher's notes below them. */
import Reveal from "reveal.js";

void new Reveal({
  hash: true,
  slideNumber: true,
  transition: "none",
  width: 1100,
  height: 700,
  showNotes: new URLSearchParams(location.search).has("notes"),
}).initialize();
