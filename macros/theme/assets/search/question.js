// A reader's question to the index: what is asked for, and the pages that answer it, the best first.

const SCORE = 1e13; // more than any id: numbers made of both are in the order of scores, then of ids
const LOOKED_AT = 6; // files of one page that are read to find out whether it answers

class Question {
  constructor(index, text, { kind = "", actor = "", page = "" } = {}) {
    Object.assign(this, { index, kind, actor, page, asked: wanted(text, index.stop), groups: [], missing: [] });
  }

  // Finds the pages; `number` says how many entries there are, `cut` that there may be more.
  async ask() {
    if (this.page) return this.askPage();
    const lists = await Promise.all(this.asked.map((one) => this.index.entries(one)));
    this.missing = this.asked.filter((_, number) => !lists[number].counts.size).map((one) => one.word);
    this.asked = this.asked.filter((one) => !this.missing.includes(one.word));
    const found = lists.filter((list) => list.counts.size);
    if (this.actor) found.push(await this.index.special(`@actor:${this.actor}`));
    let ids = this.asked.length ? this.inAll(found, (id) => id) : [];
    this.apart = !ids.length && this.asked.length > 1;
    if (this.apart) ids = this.inAll(found, (id) => this.index.pageOf(id));
    this.rank(ids, (id) => found.reduce((sum, list) => sum + (list.counts.get(id) ?? (this.apart ? 0 : TEXT)), 0));
    this.cut = found.some((list) => list.until < Infinity);
  }

  // On one page every text is read: it may stand past the end of a list that was cut.
  async askPage() {
    const page = await this.index.pageAt(this.page);
    const entries = page === null ? [] : (await this.index.all(page)).filter((entry) => this.answers(entry));
    const inTitle = (entry) => this.asked.filter((one) => wordsOf(entry.title).some((word) => one.matches(word))).length;
    this.rank(entries.map((entry) => entry.id), (id) => TITLE * inTitle(entries.find((entry) => entry.id === id)));
  }

  // The entries that all lists have, alone or, by `unit`, with others of their page. What lies past the end of a list
  // that was cut is kept: its text will tell.
  inAll(lists, unit) {
    const units = lists.map(({ counts }) => (this.apart ? new Set([...counts.keys()].map(unit)) : counts));
    const has = (id) => lists.every(({ until }, number) => units[number].has(unit(id)) || this.index.pageOf(id) >= until);
    const longest = lists.reduce((best, list) =>
      list.until > best.until || (list.until === best.until && list.counts.size < best.counts.size) ? list : best);
    const from = this.apart ? lists.flatMap(({ counts }) => [...counts.keys()]) : [...longest.counts.keys()];
    return [...new Set(from)].filter((id) => has(id) && (!this.kind || this.index.kindOf(id) === this.kind));
  }

  rank(ids, count) {
    const bonus = (id) => (BONUS[this.index.kindOf(id)] ?? 0) + (this.index.placeOf(id) ? 0 : BONUS_OF_PAGE);
    const keys = Float64Array.from(ids, (id) => id - SCORE * (count(id) + bonus(id))).sort();
    const pages = new Map();
    for (const key of keys) {
      const id = key - SCORE * Math.floor(key / SCORE);
      const page = this.index.pageOf(id);
      if (pages.has(page)) pages.get(page).push(id);
      else pages.set(page, [id]);
    }
    this.groups = [...pages.values()];
    this.number = ids.length;
  }

  answers(entry) {
    const words = wordsOf(`${entry.title} ${entry.text} ${entry.note}`);
    const has = (one) => words.some((word) => one.matches(word));
    const right = (!this.kind || entry.kind[0] === this.kind) && (!this.actor || entry.actors.some(([id]) => id === this.actor));
    return right && (this.apart ? this.asked.some(has) : this.asked.every(has));
  }

  // The next pages that answer, each with its best entries and a way to the others.
  async next(number) {
    const answers = await Promise.all(this.groups.splice(0, number).map((ids) => this.answer(ids)));
    return answers.filter(({ entries }) => entries.length);
  }

  // Of a page it reads the file with the best entry, and more while none of them answers.
  async answer(ids) {
    let looked = 1;
    const parts = [...new Set(ids.map((id) => this.index.partOf(id)))];
    const read = async (names) => (await Promise.all(names.map((name) => this.index.read(name, ids)))).flat();
    const sorted = (entries) => entries.filter((entry) => this.answers(entry)).sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    let entries = sorted(await read(parts.slice(0, looked)));
    while (!entries.length && looked < Math.min(parts.length, LOOKED_AT)) {
      entries = sorted(await read(parts.slice(looked, ++looked)));
    }
    const left = ids.filter((id) => !parts.slice(0, looked).includes(this.index.partOf(id))).length;
    return { entries, left, rest: async () => sorted(await read(parts.slice(looked))) };
  }
}
