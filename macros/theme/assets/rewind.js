// Above the timeline: the page as it stood on an earlier day, read from its history page when first asked for.
document.querySelectorAll(".rewind").forEach((line) => {
  const link = line.querySelector("a");
  let history;

  const add = (parent, name, properties) => parent.appendChild(Object.assign(document.createElement(name), properties));
  const control = Object.assign(document.createElement("div"), { className: "rewind__control" });
  control.setAttribute("role", "group");
  control.setAttribute("aria-label", "This page as it stood on an earlier day");
  line.after(control);
  const earlier = add(control, "button", { type: "button", textContent: "Earlier" });
  const select = add(control, "select", { ariaLabel: "Day" });
  const later = add(control, "button", { type: "button", textContent: "Later" });
  const status = add(control, "p", { className: "rewind__status" });
  status.setAttribute("role", "status");
  const panel = add(control, "div", { className: "rewind__panel", hidden: true });
  select.add(new Option("Today's page", ""));
  line.dataset.days.split(" ").forEach((day) => {
    select.add(new Option(spokenDay(day), day));
  });

  const read = async () => {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  const state = async (day) => {
    history ??= read();
    const heading = (await history).getElementById(`as-of-${day}`);
    const copy = document.importNode(heading.parentElement, true);
    copy.querySelector("h2").remove();
    copy.querySelectorAll("a").forEach((a) => (a.href = new URL(a.getAttribute("href"), link.href)));
    return copy.childNodes;
  };

  const show = async () => {
    const day = select.value;
    const name = select.selectedOptions[0].text;
    earlier.setAttribute("aria-disabled", select.selectedIndex === select.length - 1);
    later.setAttribute("aria-disabled", !day);
    status.textContent = day ? `Loading ${name}` : "Back to today's page";
    try {
      const nodes = day ? await state(day) : [];
      if (select.value !== day) return;
      panel.replaceChildren(...nodes);
      if (day) status.textContent = `As it stood on ${name}`;
    } catch {
      history = undefined;
      if (select.value !== day) return;
      panel.replaceChildren();
      status.textContent = `${name} could not be loaded. Choose another day, or follow the link above`;
    }
    panel.hidden = !panel.hasChildNodes();
  };

  const step = (by) => {
    const to = select.selectedIndex + by;
    if (to < 0 || to >= select.length) return;
    select.selectedIndex = to;
    show();
  };
  earlier.addEventListener("click", () => step(1));
  later.addEventListener("click", () => step(-1));
  select.addEventListener("change", show);
  later.setAttribute("aria-disabled", true);
});
