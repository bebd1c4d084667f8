// Shows in the theme's dialog what is found, and marks on a page the words that led to it.
(() => {
  const FIRST = 1; // pages whose texts are fetched before anything is shown: the best one need not wait for others
  const PAGES = 5; // shown then, and again whenever the reader gets to the end
  const WAIT = 40; // milliseconds; of keys that come faster, the last one counts
  const UNREACHED = "Search cannot be reached. Try again in a moment.";
  const ENTRIES = 3; // shown of a page before it is unfolded
  const EXCERPT = 200; // letters
  const form = document.forms.namedItem("find");
  const field = form.elements.namedItem("query");
  const opened = document.getElementById("__search");
  const dialog = form.closest("[role=dialog]");
  const output = dialog.querySelector(".md-search-result");
  const meta = output.querySelector(".md-search-result__meta");
  const list = output.querySelector(".md-search-result__list");
  const address = new URL(form.dataset.root, location);
  const site = new URL("..", address);
  const asked = new URLSearchParams(location.search);
  const start = meta.textContent;

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...children);
    return element;
  };
  const marked = (found) => found.map(([piece, mark]) => (mark ? make("mark", {}, piece) : piece));

  // As much of a text as is shown, from a little before the first word that is asked for.
  const excerpt = (text, words) => {
    const all = pieces(text, words);
    let from = text.length > EXCERPT ? Math.max(all.findIndex(([, mark]) => mark), 0) : 0;
    for (let before = 0; from > 0 && before < EXCERPT / 3; from -= 1) before += all[from - 1][0].length;
    let length = 0;
    const shown = all.slice(from).filter(([piece]) => (length += piece.length) <= EXCERPT);
    return [...(from > 0 ? ["… "] : []), ...marked(shown), ...(length > EXCERPT ? [" …"] : [])];
  };

  const link = (url, words, ...children) => {
    const target = new URL(url, site);
    target.searchParams.set("h", words.map(({ word, open }) => word + (open ? "*" : "")).join(" "));
    const article = make("article", { class: "md-search-result__article md-typeset" }, ...children);
    return make("a", { class: "md-search-result__link", href: target }, article);
  };

  const record = (entry, words) => {
    const [, kind] = entry.kind;
    const title = entry.title ? [make("h2", {}, ...marked(pieces(entry.title, words)))] : [];
    const said = make("p", { class: "md-search-result__kind" }, ...marked(pieces(entry.note ? `${kind} · ${entry.note}` : kind, words)));
    return link(entry.link, words, ...title, said, ...(entry.text ? [make("p", {}, ...excerpt(entry.text, words))] : []));
  };

  const head = ({ url, title }, entry, words) => {
    const icon = make("div", { class: "md-search-result__icon md-icon" });
    const text = entry?.text ? [make("p", {}, ...excerpt(entry.text, words))] : [];
    return link(url, words, icon, make("h1", {}, ...marked(pieces(title, words))), ...text);
  };

  const item = ({ entries, left, rest }, words) => {
    const below = entries.filter(({ place }) => place > 0);
    const first = head(entries[0].page, entries.find(({ place }) => place === 0), words);
    const shown = below.slice(0, ENTRIES).map((entry) => record(entry, words));
    (entries[0].place > 0 ? shown[0] : first).dataset.best = "";
    const more = below.slice(ENTRIES).map((entry) => record(entry, words));
    const number = more.length + left;
    if (!number) return make("li", { class: "md-search-result__item" }, first, ...shown);
    const summary = make("summary", {}, make("div", {}, `${number} more on this page`));
    const details = make("details", { class: "md-search-result__more" }, summary, ...more);
    let waiting = left > 0;
    const unfold = async () => {
      if (!waiting || !details.open) return;
      waiting = false;
      try {
        details.append(...(await rest()).map((entry) => record(entry, words)));
      } catch {
        waiting = true;
        meta.textContent = UNREACHED;
      }
    };
    details.addEventListener("toggle", unfold);
    return make("li", { class: "md-search-result__item" }, first, ...shown, details);
  };

  // Filters by what has been found so far.
  const chosen = { kind: asked.get("kind") ?? "", page: asked.get("page") ?? "", actor: asked.get("actor") ?? "" };
  const names = { kind: "Kind", page: "Page", actor: "Actor" };
  const choices = { kind: new Map(), page: new Map(), actor: new Map() };
  const menus = Object.keys(names).map((name) => make("select", { name, "aria-label": names[name] }));
  const filters = make("div", { class: "md-search-result__filters", hidden: "" }, ...menus);
  const here = location.href.split(/[?#]/)[0].slice(site.href.length);
  if (/^explainers\/[a-z][^/]*\/$/.test(here)) choices.page.set(here, "This explainer");
  menus.forEach((menu) => menu.addEventListener("change", () => {
    chosen[menu.name] = menu.value;
    run();
  }));

  const offer = (answers) => {
    for (const { page, actors } of answers.flatMap(({ entries }) => entries)) {
      if (!choices.page.has(page.url)) choices.page.set(page.url, page.title);
      actors.forEach(([id, name]) => choices.actor.set(id, name));
    }
    for (const menu of menus) {
      const there = [["", `Every ${menu.name}`], ...choices[menu.name]];
      if (!choices[menu.name].has(chosen[menu.name]) && chosen[menu.name]) there.push([chosen[menu.name], chosen[menu.name]]);
      menu.replaceChildren(...there.map(([value, text]) => make("option", { value }, text)));
      menu.value = chosen[menu.name];
    }
  };

  // Whoever speaks to a browser may say a letter that is one of these keys (WCAG 2.1.4).
  const keys = make("input", { type: "checkbox" });
  keys.checked = __md_get("__keys") !== false;
  keys.addEventListener("change", () => __md_set("__keys", keys.checked));
  const hint = make("label", { class: "md-search-result__keys" }, keys, "The keys f, s and / open search");

  const summary = ({ groups, missing, apart, cut }) => {
    const number = list.childElementCount;
    const left = missing.length ? `, without ${missing.map((word) => `“${word}”`).join(" and ")}` : "";
    if (!number) return "No matching documents";
    if (cut) return `Many matching documents, the best first${left}`;
    const said = number + groups.length === 1 ? "1 matching document" : `${number + groups.length} matching documents`;
    return said + left + (apart ? ", each with the words in several places" : "");
  };

  let index = null;
  let question = null;
  let latest = 0;
  let running = null;
  let shown = null; // the question whose answers stand in the list
  let growing = null; // the question to which more answers are on their way

  const clear = () => {
    question = shown = null;
    meta.textContent = start;
    list.replaceChildren();
    filters.hidden = true;
    hint.hidden = false;
  };

  // The next pages that answer, below what is shown; says whether they are still asked for.
  const add = async (from, number) => {
    const answers = [];
    for (let tries = 0; answers.length < number && from.groups.length && tries < 4; tries += 1) {
      answers.push(...(await from.next(number - answers.length)));
    }
    if (from !== question) return false;
    if (from !== shown) list.replaceChildren();
    shown = from;
    hint.hidden = true;
    offer(answers);
    list.append(...answers.map((answer) => item(answer, from.asked)));
    const said = summary(from);
    if (meta.textContent !== said) meta.textContent = said;
    return true;
  };

  const grow = async (number) => {
    const from = question;
    if (growing === from || !from?.groups.length) return;
    growing = from;
    await add(from, number).catch(() => (meta.textContent = UNREACHED));
    if (growing === from) growing = null;
  };

  const show = async (mine, again) => {
    index ??= Index.open(address, again ? "reload" : "default");
    const next = new Question(await index, field.value, chosen);
    await next.ask();
    if (mine !== latest) return;
    question = next;
    if (!choices.kind.size) next.index.root.kinds.forEach(([kind, , many]) => choices.kind.set(kind, many));
    if (!(await add(next, FIRST))) return;
    filters.hidden = !list.childElementCount && !Object.values(chosen).some(Boolean);
    list.parentElement.parentElement.scrollTop = 0;
    grow(PAGES - FIRST);
  };

  const run = async () => {
    const mine = (latest += 1);
    if (wordsOf(field.value).join("").length < 2 && !/[^\x00-\x7f]/.test(field.value)) return clear();
    for (const again of [false, true]) {
      try {
        return await show(mine, again);
      } catch (error) {
        index = null;
        if (again || !(error instanceof Stale)) meta.textContent = UNREACHED;
        if (!(error instanceof Stale)) return;
      }
    }
  };

  let soon;
  let typed = -WAIT;
  field.addEventListener("input", ({ timeStamp }) => {
    const go = () => (running = run());
    clearTimeout(soon);
    if (timeStamp - typed >= WAIT) go();
    else soon = setTimeout(go, WAIT);
    typed = timeStamp;
  });
  form.addEventListener("reset", () => {
    Object.keys(chosen).forEach((name) => (chosen[name] = ""));
    latest += 1;
    clear();
    field.focus();
  });
  meta.after(filters, hint);

  output.parentElement.addEventListener("scroll", ({ target }) => {
    if (target.scrollTop + 2 * target.clientHeight >= target.scrollHeight) grow(PAGES);
  }, { passive: true });

  const step = (by) => {
    const stops = [field, ...list.querySelectorAll(":not(details) > [href], summary, details[open] [href]")];
    stops.at((stops.indexOf(document.activeElement) + by) % stops.length).focus();
  };
  dialog.addEventListener("keydown", async (event) => {
    const { key, target } = event;
    if (event.metaKey || event.ctrlKey || event.altKey || target.tagName === "SELECT") return;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      step(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && target === field && !event.isComposing) {
      event.preventDefault();
      await running;
      list.querySelector("[data-best]")?.click();
    } else if (key.length === 1 && key !== " " && target.matches("a, summary")) field.focus();
  });
  list.addEventListener("click", ({ target }) => target.closest("a") && opened.checked && opened.click());
  dialog.addEventListener("focusout", ({ relatedTarget: to }) => to && !dialog.contains(to) && opened.checked && opened.click());

  const mark = (words) => {
    const text = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (text.nextNode()) if (!text.currentNode.parentElement.closest("script, style, svg, select, .headerlink")) found.push(text.currentNode);
    for (const node of found) {
      const all = pieces(node.data, words);
      if (all.some(([, is]) => is)) node.replaceWith(...marked(all));
    }
  };
  const led = (asked.get("h") ?? "").split(" ").filter((word) => wordsOf(word).length);
  if (led.length) mark(led.map((word) => new Wanted(wordsOf(word)[0], word.endsWith("*"))));

  if (opened.checked || !asked.has("h")) index = Index.open(address);
  else field.addEventListener("focus", () => (index ??= Index.open(address)), { once: true });
  if (field.value) running = run();
})();
