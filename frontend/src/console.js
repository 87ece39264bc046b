// What the console's pages do more with a script than without: lists and previews that follow what is typed, by htmx.
import htmx from "htmx.org/dist/htmx.esm.js";

import { startReviewing } from "./review.js";

Object.assign(htmx.config, {
  allowEval: false, // the Content-Security-Policy forbids it too
  allowScriptTags: false,
  defaultSettleDelay: 0, // a key pressed at once must find what it presses alive
  historyCacheSize: 0, // pages show what citizens said; nothing of it stays in the browser
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});

// A link to a field that is wrong puts the cursor into it; browsers alone only scroll there.
for (const link of document.querySelectorAll(".govuk-error-summary a")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
}

const turns = document.querySelector("[data-keys]");
if (turns) startReviewing(turns);
