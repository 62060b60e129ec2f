// Puts the SPARQL editor in place of the plain form where it is installed; the page works the same without.
"use strict";

const form = document.getElementById("query-form");
const area = document.getElementById("query");
const place = document.getElementById("editor");

if (window.Yasgui && form && area && place) {
  place.hidden = false; // the editor measures itself when it is made
  form.hidden = true;
  const endpoint = new URL(place.dataset.endpoint, window.location.href).href;
  // Its own suggestions come from servers elsewhere; the variables of the query are enough.
  window.Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  window.Yasgui.Yasqe.defaults.collapsePrefixesOnLoad = false;
  const editor = new window.Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    persistenceId: null,
    yasqe: { value: area.value, persistenceId: null },
  });
  const ask = (text) => {
    const tab = editor.getTab();
    if (tab) tab.getYasqe().setValue(text);
  };
  ask(area.value);
  // The IRIs of results are ours: they lead to the pages of this server, wherever it runs.
  const bases = JSON.parse(place.dataset.bases);
  place.addEventListener("click", (event) => {
    const anchor = event.target.closest("a[href]");
    const base = anchor && bases.find((start) => anchor.href.startsWith(start));
    if (!base) return;
    event.preventDefault();
    window.location.assign(place.dataset.root + anchor.href.slice(base.length));
  });
  for (const example of document.querySelectorAll("[data-query]")) {
    example.addEventListener("click", (event) => {
      event.preventDefault();
      ask(example.dataset.query);
      place.scrollIntoView();
    });
  }
} else if (form && area) {
  // Ctrl+Enter runs the query, as in every editor.
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}
