// The theme's own script is 35 KB. It is fetched when a reader first does something, and search when a reader first
// comes to it. What cannot wait is done here.
(() => {
  const theme = document.querySelector("script[data-src]");
  const asked = new URLSearchParams(location.search);
  document.documentElement.classList.remove("no-js");

  const load = () => {
    if (document.readyState === "loading") return addEventListener("DOMContentLoaded", load);
    const { src, styles } = theme.dataset;
    if (!src) return;
    delete theme.dataset.src;
    const script = Object.assign(document.createElement("script"), { src });
    script.onload = () => document$.next(document); // it waits for DOMContentLoaded, which has been
    const run = () => document.body.append(script);
    if (!styles) return run();
    // What the script adds is styled from the start. The sheet has all rules in their order, those of the first as well.
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles, onload: run, onerror: run });
    document.head.append(link);
  };
  const isSearchKey = (key) => ["f", "s", "/"].includes(key) && __md_get("__keys") !== false;
  const isThere = () => document.documentElement.classList.contains("js");

  // The theme works on tables, code and tabs, and on the target of an address: a page with any of them does not wait.
  const worked = "article :is(:not(.stances) > table:not([class]), pre > code, [class^=tabbed])";
  if (location.hash || document.querySelector(worked)) load();
  const acts = ["scroll", "pointermove", "pointerdown", "touchstart", "keydown", "focusin"];
  const start = ({ type, target, key, movementX, movementY }) => {
    if (type === "pointermove" && !movementX && !movementY) return; // The page moved beneath a pointer at rest.
    // Whoever comes to search does not need it, and would wait for it.
    if (isSearchKey(key) || target.closest?.("[role=search], [for=__search]")) return;
    load();
    acts.forEach((act) => removeEventListener(act, start, true));
  };
  acts.forEach((act) => addEventListener(act, start, { passive: true, capture: true }));

  const schemes = [...document.querySelectorAll("[data-md-component=palette] input")];
  schemes.forEach((input) => input.setAttribute("aria-label", input.dataset.mdColorScheme === "slate" ? "Dark" : "Light"));
  const show = (chosen) => {
    chosen.checked = true;
    document.body.dataset.mdColorScheme = chosen.dataset.mdColorScheme;
    schemes.forEach((input) => (input.nextElementSibling.hidden = input !== chosen));
  };
  // Storage may be shut, and a policy may stop the theme's inline scripts: then nothing was chosen before.
  const chosen = () => {
    try {
      return __md_get("__palette");
    } catch {
      // The theme asks again, and would stop at the answer: what is chosen is kept for this page.
      const kept = {};
      window.__md_get = (key) => kept[key] ?? null;
      window.__md_set = (key, value) => (kept[key] = value);
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

  const find = document.forms.namedItem("find");
  const field = find.elements.namedItem("query");
  const opened = document.getElementById("__search");
  const fetchSearch = (asks = true) => {
    const { root, styles, scripts } = find.dataset;
    if (!scripts) return;
    delete find.dataset.scripts;
    const links = [{ rel: "stylesheet", href: styles }];
    // Both are on their way at once; for the words of a link that was followed, the page itself is enough.
    if (asks) links.push({ rel: "preload", as: "fetch", crossOrigin: "", href: root });
    document.head.append(...links.map((link) => Object.assign(document.createElement("link"), link)));
    for (const src of scripts.split(" ")) document.head.append(Object.assign(document.createElement("script"), { src, async: false }));
  };
  // A pointer is there before its click.
  document.querySelectorAll("[for=__search], [name=find]").forEach((way) => way.addEventListener("pointerenter", () => fetchSearch(), { once: true }));
  field.addEventListener("focus", () => {
    if (!opened.checked) opened.click();
    fetchSearch();
  });
  opened.addEventListener("change", () => (opened.checked ? field.focus() : document.activeElement.blur()));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened.checked) opened.click();
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
    if (!isSearchKey(event.key) || event.metaKey || event.ctrlKey || event.altKey || typing || opened.checked) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  find.addEventListener("submit", (event) => event.preventDefault());
  if (asked.has("q")) {
    field.value = asked.get("q");
    field.focus();
  } else if (asked.has("h")) fetchSearch(false);

  // The theme looks for a sitemap beside every feed, as if feeds were translations of the site.
  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url) {
      this.address = url;
      super.open(method, url);
    }

    send() {
      if (!this.address.endsWith("/sitemap.xml")) super.send();
    }
  };
})();
