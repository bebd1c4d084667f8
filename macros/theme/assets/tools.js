// The sign beside a record copies its address as well as going there; what is folded is printed too.
(() => {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "visually-hidden";
  document.body.append(said);
  document.querySelectorAll(".record__title > .headerlink:not(.edit, .correct)").forEach((link) => (link.title = "Link to this record"));
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.('.headerlink[href^="#"]');
    if (!link || !navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(() => {
      said.textContent = "Link copied";
      link.classList.add("copied");
      setTimeout(() => link.classList.remove("copied"), 1500);
    }, () => {});
  });

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)));
})();
