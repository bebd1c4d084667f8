// The words of a text as macros/search/words.py makes them, and those that a reader asks for.
const folded = (text) =>
  (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKD").replace(/\p{M}/gu, "") : text).toLowerCase();
const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

// One word that is asked for. An `open` one is still being typed: words that begin with it are meant too.
class Wanted {
  constructor(word, open) {
    Object.assign(this, { word, open, stem: stem(word) });
  }

  // A stem begins as its word does, so that most words need not be brought to theirs.
  matches(word) {
    if (word[0] !== this.word[0]) return false;
    const root = stem(word);
    return root === this.stem || (this.open && (word.startsWith(this.word) || root.startsWith(this.word)));
  }

  // What the index may hold a word under that breaks off in its ending: `negotiatio` is `negoti`.
  get guesses() {
    const endings = "n on ion tion ation g ng ing t nt ent ment s ss ness y ty ity ly e d ed l al".split(" ");
    return this.open ? endings.map((ending) => stem(this.word + ending)) : [];
  }
}

// Common words are left out, unless there is no other.
const wanted = (query, stop) => {
  const every = wordsOf(query);
  const telling = every.filter((word) => !stop.has(word) && !/^[a-z]$/.test(word));
  const kept = telling.length ? telling : every;
  return [...new Set(kept)].map((word) => new Wanted(word, word === every.at(-1) && /[\p{L}\p{N}]$/u.test(query)));
};

// A text in pieces, the words that are asked for marked: [["an ", false], ["oil", true], …]
const pieces = (text, asked) => {
  const found = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  return found.map((piece, number) => [piece, number % 2 === 1 && wordsOf(piece).some((word) => asked.some((one) => one.matches(word)))]);
};
