// Reads the files that macros/search/shards.py writes: no more of them than a question needs.

class Stale extends Error {} // a file is gone: the site was built anew since the root was read

const TITLE = 8, BEGUN_TITLE = 6, TEXT = 3, BEGUN_TEXT = 2; // an exact word counts more than one that it begins
const BONUS = { actor: 1, source: -1 }, BONUS_OF_PAGE = 2;

// The last place in a sorted list that is not past a word.
const placeIn = (names, word) => {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle] <= word) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

const PAGE = 1e6; // an entry's id is this many times its page's number, and its own number

// The entries of a word with what each counts. From the page `until` on, others may have it too: the list was cut.
class Entries {
  counts = new Map();
  until = Infinity;

  // Negative numbers are steps to a page, the others its entries.
  add(steps, count, longest) {
    let page = -1, pages = 0;
    for (const step of steps) {
      if (step < 0) {
        page -= step;
        pages += 1;
        continue;
      }
      const id = page * PAGE + step;
      this.counts.set(id, Math.max(count, this.counts.get(id) ?? 0));
    }
    if (pages >= longest) this.until = Math.min(this.until, page);
  }
}

class Index {
  files = new Map();

  constructor(address, root) {
    Object.assign(this, { address, root, numbers: root.numbers, stop: new Set(root.stop) });
  }

  static async open(address, cache = "default") {
    const answer = await fetch(address, { cache });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    return new Index(address, await answer.json());
  }

  file(name) {
    if (!this.files.has(name)) {
      const found = fetch(new URL(`${this.root.folder}/${name}.json`, this.address)).then((answer) => {
        if (answer.status === 404) throw new Stale(name);
        return answer.json();
      });
      found.catch(() => this.files.delete(name));
      this.files.set(name, found);
    }
    return this.files.get(name);
  }

  pageOf(id) {
    return Math.floor(id / PAGE);
  }

  placeOf(id) {
    return Math.floor((id % PAGE) / this.numbers.entry);
  }

  kindOf(id) {
    return this.root.kinds[(id % PAGE) % this.numbers.entry][0];
  }

  partOf(id) {
    return `page-${this.pageOf(id)}-${Math.floor(this.placeOf(id) / this.numbers.part)}`;
  }

  async shardOf(word) {
    const { names, named } = this.root;
    const place = placeIn(names, word);
    return named ? place * named + placeIn(await this.file(`names-${place}`), word) : place;
  }

  // What the shards say that may hold a word; all words that begin with an open one, if these fill two shards at most.
  async rows({ word, stem: root, open }) {
    const [first, last, exact] = await Promise.all([word, open ? `${word}\uffff` : word, root].map((key) => this.shardOf(key)));
    const wide = last - first > 1;
    const shards = new Set([first, wide ? first : last, exact]);
    const rows = Object.assign({}, ...(await Promise.all([...shards].map((number) => this.file(`words-${number}`)))));
    return { rows, wide };
  }

  async entries(one) {
    const { rows, wide } = await this.rows(one);
    const there = (key) => Object.hasOwn(rows, key);
    const begun = () => Object.keys(rows).filter((key) => key.startsWith(one.word) && !key.endsWith("*"));
    let keys = [one.stem].filter(there);
    if (one.open) keys = [...new Set([...keys, ...(wide ? [`${one.word}*`] : begun())])];
    if (!keys.length) keys = one.open ? one.guesses.filter(there) : begun();
    return this.listed(rows, keys, one.stem);
  }

  listed(rows, keys, exact) {
    const { longest, sample } = this.numbers;
    const found = new Entries();
    for (const key of keys.filter((key) => Object.hasOwn(rows, key))) {
      const [titles, texts] = rows[key];
      const limit = key.endsWith("*") ? sample : longest;
      found.add(titles, key === exact ? TITLE : BEGUN_TITLE, limit);
      found.add(texts, key === exact ? TEXT : BEGUN_TEXT, limit);
    }
    return found;
  }

  // What stands under a key that is no word, such as `@actor:china`.
  async special(key) {
    return this.listed(await this.file(`words-${await this.shardOf(key)}`), [key], key);
  }

  async pageAt(url) {
    const [id] = (await this.special(`@page:${url}`)).counts.keys();
    return id === undefined ? null : this.pageOf(id);
  }

  // The entries of a page whose numbers are given, or all of them, with their texts.
  async read(name, ids) {
    const { url, title, entries, actors } = await this.file(name);
    const [, page, part] = name.split("-").map(Number);
    return entries.flatMap(([kind, anchor, heading, text, note, who], at) => {
      const place = part * this.numbers.part + at;
      const id = page * PAGE + place * this.numbers.entry + kind;
      const about = who.map((actor) => [actor, actors[actor]]);
      const link = anchor ? `${url}#${anchor}` : url;
      if (ids && !ids.includes(id)) return [];
      return [{ id, place, page: { url, title, number: page }, kind: this.root.kinds[kind], link, title: heading, text, note, actors: about }];
    });
  }

  async all(page) {
    const { parts } = await this.file(`page-${page}-0`);
    const names = Array.from({ length: parts }, (_, part) => `page-${page}-${part}`);
    return (await Promise.all(names.map((name) => this.read(name)))).flat();
  }
}
