// Menus above lists of records: by explainer and by actor. Without script the whole list stands there.
const filterable = (list, items, link, keys) => {
  const chosen = {};
  const told = (item, key) => item.dataset[key]?.split(" ") ?? [...item.querySelectorAll(link[key])].map(id);
  const id = (a) => a.pathname.split("/").at(-2);
  const hide = (item) => keys.some((key) => chosen[key] && !told(item, key).includes(chosen[key]));

  // Without accents and capitals; to load the browser's own rules takes longer than all else here.
  const compared = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const byName = ([, a], [, b]) => (compared(a) < compared(b) ? -1 : 1);

  // A month stands in the first of its events that is shown.
  const months = new Map();
  let month = null;
  items.forEach((item) => {
    month = item.querySelector(".timeline__month") ?? month;
    if (month) months.set(month, [...(months.get(month) ?? []), item]);
  });

  const show = () => {
    items.forEach((item) => (item.hidden = hide(item)));
    months.forEach((events, name) => events.find((item) => !item.hidden)?.prepend(name));
    list.querySelectorAll(".upcoming__steps").forEach((group) => {
      group.hidden = group.previousElementSibling.hidden = !group.querySelector("li:not([hidden])");
    });
    status.textContent = `${items.filter((item) => !item.hidden).length} of ${items.length} shown`;
  };

  const menu = (key) => {
    const names = new Map(items.flatMap((item) => [...item.querySelectorAll(link[key])].map((a) => [id(a), a.textContent])));
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.add(new Option("All", ""));
    [...names].sort(byName).forEach(([value, name]) => select.add(new Option(name, value)));
    select.addEventListener("change", () => {
      chosen[key] = select.value;
      show();
    });
    label.append({ explainer: "Explainer", actors: "Actor" }[key], select);
    return select.length > 2 ? label : "";
  };

  // A link to a record that is filtered out shows it all the same.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1))?.closest("li");
    if (!items.includes(target) || !target.hidden) return;
    form.reset();
    keys.forEach((key) => delete chosen[key]);
    show();
    target.scrollIntoView();
  };

  const form = document.createElement("form");
  const status = document.createElement("output");
  form.className = "filter";
  form.append(...keys.map(menu), status);
  if (form.querySelector("select")) list.prepend(form);
  window.addEventListener("hashchange", reveal);
};

document.querySelectorAll(".upcoming").forEach((list) => {
  const steps = [...list.querySelectorAll("li[data-explainer]")];
  const link = { explainer: ".upcoming__story a:first-child", actors: '.upcoming__story a[href*="actors/"]' };
  if (document.querySelector("h1 + .upcoming") && steps.length > 1) filterable(list, steps, link, ["explainer", "actors"]);
});

document.querySelectorAll(".timeline").forEach((list) => {
  const events = [...list.querySelectorAll(".timeline__event")];
  if (events.length > 5) filterable(list, events, { actors: '.timeline__actors a[href*="actors/"]' }, ["actors"]);
});
