// The theme's own script is 35 KB. It is fetched when a reader first does something, and what it would fetch in turn,
// the search worker, the whole index and a sitemap, when search is first used. What cannot wait is done here.
(() => {
  const field = document.querySelector("[data-md-component=search-query]");
  const opened = document.getElementById("__search");
  const theme = document.querySelector("script[data-src]");
  const asked = new URLSearchParams(location.search);
  const searching = asked.has("q") || asked.has("h");
  document.documentElement.classList.remove("no-js");

  const load = () => {
    if (document.readyState === "loading") return addEventListener("DOMContentLoaded", load);
    if (!theme.dataset.src) return;
    const script = document.createElement("script");
    script.src = theme.dataset.src;
    script.onload = () => document$.next(document); // it waits for DOMContentLoaded, which has been
    delete theme.dataset.src;
    document.body.append(script);
  };
  const isThere = () => document.documentElement.classList.contains("js");

  // The theme works on tables, code and tabs, and on the target of an address: a page with any of them does not wait.
  const worked = "article :is(:not(.stances) > table:not([class]), pre > code, [class^=tabbed])";
  if (searching || location.hash || document.querySelector(worked)) load();
  ["scroll", "pointermove", "pointerdown", "touchstart", "keydown", "focusin"].forEach((act) => {
    addEventListener(act, load, { once: true, passive: true, capture: true });
  });

  const schemes = [...document.querySelectorAll("[data-md-component=palette] input")];
  const show = (chosen) => {
    document.body.dataset.mdColorScheme = chosen.dataset.mdColorScheme;
    schemes.forEach((input) => (input.nextElementSibling.hidden = input !== chosen));
  };
  // Storage may be shut, and a policy may stop the theme's inline scripts: then nothing was chosen before.
  const chosen = () => {
    try {
      return __md_get("__palette");
    } catch {
      return null;
    }
  };
  const { index } = chosen() ?? { index: schemes.findIndex((i) => matchMedia(i.dataset.mdColorMedia).matches) };
  show(schemes[index] ?? schemes[0]);
  schemes.forEach((input, number) => {
    input.addEventListener("change", () => {
      if (isThere()) return;
      const { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } = input.dataset;
      show(input);
      __md_set("__palette", { index: number, color: { media, scheme, primary, accent } });
    });
  });

  // The theme looks for words when a key is released; what is pasted or dictated comes without one.
  field.addEventListener("input", () => field.dispatchEvent(new Event("keyup")));

  const used = new Promise((resolve) => {
    if (searching || document.activeElement === field) resolve();
    field.addEventListener("focus", resolve);
    opened.addEventListener("change", resolve);
  });
  opened.addEventListener("change", () => opened.checked && !isThere() && field.focus());
  addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
    if (!["f", "s", "/"].includes(event.key) || event.metaKey || event.ctrlKey || typing || isThere()) return;
    event.preventDefault();
    field.focus();
  });

  const { Worker } = window;
  window.Worker = class extends EventTarget {
    constructor(...options) {
      super();
      this.worker = used.then(() => {
        const worker = new Worker(...options);
        worker.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
        return worker;
      });
    }

    postMessage(message) {
      this.worker.then((worker) => worker.postMessage(message));
    }
  };

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url) {
      this.address = url;
      super.open(method, url);
    }

    send() {
      // It looks for a sitemap beside every feed, as if feeds were translations of the site.
      if (this.address.endsWith("/sitemap.xml")) return;
      if (this.address.endsWith("/search_index.json")) used.then(() => super.send());
      else super.send();
    }
  };
})();
