// Shows an edit in the open page, where it is being read: of the article only the blocks that differ are exchanged, and
// what its scripts do to a page they do again to these. Where that is not safe, the page is loaded again.
(() => {
  const BUILD = ${build};
  const AGAIN = ["filter.js", "rewind.js", "due.js", "edit.js", "layout.js"];
  const ONCE = ["days.js", "since.js", "tools.js"];
  // What a script keeps account of, and what the theme's script works on.
  const UNSAFE = ".since[data-explainer], .revisions__revision, pre > code, [class^=tabbed], :not(.stances) > table:not([class])";
  let epoch = ${epoch};

  // Before any script of the page has run: what was served, and where each block of it is.
  const article = document.querySelector("article");
  const blocks = (parent) => [...(parent?.children ?? [])];
  let served = blocks(article).map((block) => block.cloneNode(true));
  let live = blocks(article);
  let outline = document.querySelector(".md-sidebar--secondary")?.innerHTML;

  const scripts = [...document.querySelectorAll("script[src][defer]")].map(({ src }) => src);
  const named = (names) => scripts.filter((src) => names.includes(src.split("/").pop()));
  const known = named([...AGAIN, ...ONCE]).length === scripts.length;
  let code;
  const read = () => (code ??= Promise.all(named(AGAIN).map(async (src) => (await fetch(src)).text())));

  // The first and the last block that differ, counted from both ends; with as many blocks as before, each that does.
  const differing = (old, now) => {
    const same = (a, b) => a && b && a.outerHTML === b.outerHTML;
    if (old.length === now.length) {
      return now.flatMap((block, at) => (same(old[at], block) ? [] : [[at, at + 1, [block]]]));
    }
    let head = 0;
    while (same(old[head], now[head])) head += 1;
    let tail = 0;
    while (tail < Math.min(old.length, now.length) - head && same(old.at(-1 - tail), now.at(-1 - tail))) tail += 1;
    return [[head, old.length - tail, now.slice(head, now.length - tail)]];
  };

  const inner = (block) => {
    const { height, paddingTop, paddingBottom } = getComputedStyle(block);
    return parseFloat(height) - parseFloat(paddingTop) - parseFloat(paddingBottom);
  };

  const isSafe = (block) => !block.matches(UNSAFE) && !block.querySelector(UNSAFE);

  const enhance = (added, texts) => {
    const all = (selector) => [...document.querySelectorAll(selector)].filter((e) => added.some((block) => block.contains(e)));
    const scoped = new Proxy(document, {
      get: (target, name) => {
        if (name === "querySelectorAll") return all;
        if (name === "addEventListener") return () => {};
        const value = target[name];
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    for (const text of texts) new Function("document", text)(scoped);
  };

  const head = (next) => {
    document.title = next.title;
    for (const name of [".md-header__title", "meta[name=description]"]) {
      const [old, now] = [document.querySelector(name), next.querySelector(name)];
      if (old && now && old.textContent !== now.textContent) {
        const [from, to] = [old, now].map((element) => element.querySelectorAll(".md-ellipsis"));
        from.forEach((element, at) => (element.textContent = to[at].textContent));
      }
      if (old?.content) old.content = now?.content ?? "";
    }
  };

  // Pictures are files of their own, and a browser does not look for a new one of the same name.
  const redraw = () => {
    for (const element of article.querySelectorAll(".overview :is(img, source)")) {
      for (const name of ["src", "srcset"]) {
        if (!element.hasAttribute(name)) continue;
        const url = new URL(element.getAttribute(name), location.href);
        url.searchParams.set("epoch", epoch);
        element.setAttribute(name, url.href);
      }
    }
  };

  const exchange = async (next) => {
    const now = blocks(next.querySelector("article"));
    const changes = differing(served, now);
    const removed = changes.flatMap(([from, to]) => served.slice(from, to));
    const added = changes.flatMap(([, , fresh]) => fresh);
    if (![...removed, ...added].every(isSafe)) return false;
    const texts = await read(); // before the first change, so that nobody sees a block without what scripts add to it
    head(next);
    for (const [from, to, fresh] of changes.reverse()) {
      const copies = fresh.map((block) => document.importNode(block, true));
      const gone = live.slice(from, to);
      const after = live[to] ?? null;
      served.splice(from, to - from, ...fresh.map((block) => block.cloneNode(true)));
      live.splice(from, to - from, ...copies);
      // A section that is not laid out while nobody sees it keeps the height of the one before, so nothing moves.
      gone.forEach((block, at) => copies[at]?.style.setProperty("contain-intrinsic-height", "auto " + inner(block) + "px"));
      gone.forEach((block) => block.remove());
      copies.forEach((block) => article.insertBefore(block, after));
      if (copies.length) enhance(copies, texts);
    }
    if (added.length || removed.length) redraw();
    return true;
  };

  const renew = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const text = await answer.text();
    const next = new DOMParser().parseFromString(text, "text/html");
    const sameBuild = text.includes("const BUILD = " + BUILD + ";");
    const sameOutline = next.querySelector(".md-sidebar--secondary")?.innerHTML === outline;
    if (!answer.ok || !article || !known || !sameBuild || !sameOutline) return false;
    return exchange(next);
  };

  let request;
  let timeout;
  const poll = () => {
    request = new XMLHttpRequest();
    request.onloadend = async function () {
      const latest = parseFloat(this.responseText);
      if (latest > epoch) {
        epoch = latest;
        if (!(await renew().catch(() => false))) return location.reload();
      }
      timeout = setTimeout(poll, this.status === 200 ? 0 : 3000);
    };
    request.open("GET", "/livereload/" + epoch + "/${request_id}");
    request.send();
  };
  const stop = () => {
    if (request) request.onloadend = null;
    request?.abort();
    clearTimeout(timeout);
  };
  const look = () => {
    stop();
    if (document.visibilityState === "visible") poll();
  };
  addEventListener("load", look);
  document.addEventListener("visibilitychange", look);
  addEventListener("beforeunload", stop);
})();
