// A page that is older than its reader's day says what has fallen due since it was built. Without script it says what
// was true on the day of the build. Dates and words are in the page; nothing here makes anything less overdue.
// A site as it was known on a day stays as it is.
(() => {
  if (document.querySelector(".as-of")) return;
  // In a count of overdue steps, each day is one more of them.
  const counted = ({ count, one, many }, days) => {
    const number = Number(count) + days.length;
    return (number === 1 ? one : many).replace("{n}", number);
  };

  const correct = () => {
    const today = isoDay(new Date());
    document.querySelectorAll("[data-due]").forEach((element) => {
      const data = element.dataset;
      const days = data.due.split(" ").filter((day) => day <= today);
      if (!days.length) return;
      element.textContent = data.then ? data.then.replace("{day}", spokenDay(days[0])) : counted(data, days);
      element.hidden = false;
      const step = element.closest('[class*="__step--"]');
      if (step) step.className = step.className.replace(/__step--(due|ahead)\b/, "__step--overdue");
    });
  };

  correct();
  document.addEventListener("visibilitychange", correct);
})();
