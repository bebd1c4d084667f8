// What is below the window is laid out when there is nothing else to do, the smallest part first: then the page has its
// whole length, also for whoever takes a picture of all of it. On a slow device, larger parts are laid out when they come
// near, and so are all for a reader who is further down, or their place would move.
(() => {
  if (!window.requestIdleCallback) return;
  const ENOUGH = 10; // milliseconds that have to be left for one more
  const MANY = 50; // elements: in smaller parts, they are not what takes the time
  const SLOW = 0.09; // milliseconds for an element, at which the longest timelines would hold up their readers
  const sized = (part) => ({ part, size: part.getElementsByTagName("*").length });

  const begin = () => {
    const parts = [...document.querySelectorAll("article > *, .actor-page > *")].map(sized).sort((a, b) => a.size - b.size);
    let elements = 0;
    let spent = 0; // milliseconds for these elements
    const go = (deadline) => {
      while (parts.length && deadline.timeRemaining() > ENOUGH) {
        if (scrollY || spent > elements * SLOW) return;
        const { part, size } = parts.shift();
        const started = performance.now();
        part.style.contentVisibility = "visible";
        part.getBoundingClientRect();
        if (size < MANY) continue;
        elements += size;
        spent += performance.now() - started;
      }
      if (parts.length) requestIdleCallback(go);
    };
    requestIdleCallback(go);
  };
  // What is seen is painted first.
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(begin)));
})();
