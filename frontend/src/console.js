// What the console's pages do more with a script than without: lists and previews that follow what is typed, by htmx.
import htmx from "htmx.org/dist/htmx.esm.js";

Object.assign(htmx.config, {
  allowEval: false, // the Content-Security-Policy forbids it too
  allowScriptTags: false,
  historyCacheSize: 0, // pages show what citizens said; nothing of it stays in the browser
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});
