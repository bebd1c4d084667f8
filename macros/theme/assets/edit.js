// Beside each record: its line of YAML, where the page does not lead there already, and the form for corrections to it.
(() => {
  const page = document.querySelector(".contribute__correct");
  if (!page) return;

  const add = (place, kind, href, title) => {
    const link = document.createElement("a");
    Object.assign(link, { className: `headerlink ${kind}`, href, title });
    place.append(link);
  };

  document.querySelectorAll("[data-lines]").forEach((list) => {
    const steps = list.dataset.lines.split(" ");
    let line = 0;
    [...list.children].forEach((item, number) => {
      line += Number(steps[number]);
      add(item, "edit", `${list.dataset.file}#L${line}`, "Edit this record");
    });
  });

  document.querySelectorAll(".edit").forEach((edit) => {
    const form = new URL(page.href);
    form.searchParams.set("record", edit.closest("[id]").id);
    add(edit.parentElement, "correct", form.href, "Suggest a correction to this record");
  });
})();
