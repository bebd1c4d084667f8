// Menus above the list of next steps: by explainer and by actor. Without script the whole list stands there.
document.querySelectorAll(".upcoming").forEach((list) => {
  const steps = [...list.querySelectorAll("li[data-explainer]")];
  if (location.pathname.indexOf("/next/") < 0 || steps.length < 2) return;
  const chosen = { explainer: "", actors: "" };
  const names = { explainer: new Map(), actors: new Map() };
  const words = { explainer: "Explainer", actors: "Actor" };

  steps.forEach((step) => {
    const story = step.querySelector(".upcoming__story");
    names.explainer.set(step.dataset.explainer, story.querySelector("a").textContent);
    story.querySelectorAll('a[href*="actors/"]').forEach((link) => {
      names.actors.set(link.pathname.split("/").at(-2), link.textContent);
    });
  });

  const show = () => {
    steps.forEach((step) => {
      step.hidden = Object.entries(chosen).some(([key, id]) => id && !step.dataset[key].split(" ").includes(id));
    });
    list.querySelectorAll(".upcoming__steps").forEach((group) => {
      const empty = !group.querySelector("li:not([hidden])");
      group.hidden = group.previousElementSibling.hidden = empty;
    });
  };

  const menu = (key) => {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.add(new Option("All", ""));
    [...names[key]].sort((a, b) => a[1].localeCompare(b[1])).forEach(([id, name]) => select.add(new Option(name, id)));
    select.addEventListener("change", () => {
      chosen[key] = select.value;
      show();
    });
    label.append(words[key], select);
    return label;
  };

  const form = document.createElement("form");
  form.className = "filter";
  form.append(menu("explainer"), menu("actors"));
  list.prepend(form);
});
