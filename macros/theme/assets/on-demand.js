// The theme fetches its search worker, the whole index and a sitemap on every page. Here search waits for its first use.
(() => {
  const { Worker } = window;
  const field = document.querySelector("[data-md-component=search-query]");
  if (!field) return;

  const used = new Promise((resolve) => {
    const asked = new URLSearchParams(location.search);
    if (asked.has("q") || asked.has("h") || document.activeElement === field) resolve();
    field.addEventListener("focus", resolve);
    document.getElementById("__search").addEventListener("change", resolve);
  });

  window.Worker = class extends EventTarget {
    constructor(...options) {
      super();
      this.worker = used.then(() => {
        const worker = new Worker(...options);
        worker.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
        return worker;
      });
    }

    postMessage(message) {
      this.worker.then((worker) => worker.postMessage(message));
    }
  };

  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url) {
      this.address = url;
      super.open(method, url);
    }

    send() {
      // It looks for a sitemap beside every feed, as if feeds were translations of the site.
      if (this.address.endsWith("/sitemap.xml")) return;
      if (this.address.endsWith("/search_index.json")) used.then(() => super.send());
      else super.send();
    }
  };
})();
