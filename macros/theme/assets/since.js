// What has changed since the reader's last visit. The browser remembers, for each explainer, the day of the visit and
// the major changes that were listed; nothing leaves it. Without script, and where storage is shut, the dated list stands.
(() => {
  if (document.querySelector(".as-of")) return; // The site as it was known on a day: reading it is no visit.
  const KEY = "last-visit:";
  const words = ({ one, many }, n, day = "") =>
    (n === 1 ? one : many).replace("{n}", n).replace("{day}", day && spokenDay(day));

  const recall = (slug) => {
    try {
      const { on, seen } = JSON.parse(localStorage.getItem(KEY + slug));
      return /^\d{4}-\d\d-\d\d$/.test(on) && Array.isArray(seen) ? { on, seen } : null;
    } catch {
      return null;
    }
  };
  const remember = (slug, seen) => {
    try {
      localStorage.setItem(KEY + slug, JSON.stringify({ on: isoDay(new Date()), seen }));
    } catch {
      // Storage is shut or full: then there is no last visit to compare with.
    }
  };

  const mark = (element, text, href) => {
    const label = document.createElement(href ? "a" : "span");
    label.className = "since__mark";
    if (href) label.href = href;
    label.append(text);
    (element.querySelector(":scope > p") ?? element).append(" ", label);
  };

  // On an explainer: a box with the changes, and a mark on each of them and on each record they are about.
  const box = document.querySelector(".since[data-explainer]");
  if (box) {
    const slug = box.dataset.explainer;
    const listed = [...document.querySelectorAll(".revisions__revision[id]")];
    const before = recall(slug);
    const changes = before ? listed.filter(({ id }) => !before.seen.includes(id)) : [];
    const marked = new Set();
    changes.forEach((change) => {
      const entry = document.createElement("li");
      entry.append(...[...change.children].map((child) => child.cloneNode(true)));
      box.querySelector("ol").append(entry);
      mark(change, box.dataset.new);
      change.dataset.about.split(" ").filter(Boolean).forEach((id) => {
        const record = document.getElementById(id);
        if (!record || marked.has(id)) return;
        marked.add(id);
        mark(record, box.dataset.changed, `#${change.id}`);
      });
    });
    if (changes.length) {
      box.querySelector("p").textContent = words(box.dataset, changes.length, before.on);
      box.hidden = false;
    }
    remember(slug, [...new Set([...(before?.seen ?? []), ...listed.map(({ id }) => id)])]);
  }

  // In a list of explainers: how many changes each has had since it was last read.
  document.querySelectorAll(".explainers__explainer[data-changes]").forEach((entry) => {
    const before = recall(entry.dataset.explainer);
    const number = before ? entry.dataset.changes - before.seen.length : 0;
    if (number > 0) mark(entry.querySelector(".explainers__dates"), words(entry.parentElement.dataset, number));
  });
})();
