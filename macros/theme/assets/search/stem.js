// The English stemmer of Snowball (snowballstem.org/algorithms/english), as the build uses it in the package PyStemmer:
// sanction, sanctions and sanctioned are one word. A test compares the two over every word of the site.
const stem = (() => {
  const SPECIAL = { skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl" };
  const SAME = /^(?:andes|atlas|bias|cosmos|howe|news|sky)$/;
  const BEGINS = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
  const REGION = /^[^aeiouy]*[aeiouy]+[^aeiouy]/;
  const SHORT = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/;
  const SECOND = {
    tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate",
    ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulli: "ful", fulness: "ful", ousli: "ous",
    ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", ogist: "og", ogi: "og", lessli: "less", li: "",
  };
  const THIRD = { tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "", ative: "" };
  const ending = (endings) => new RegExp(`(?:${[...endings].sort((a, b) => b.length - a.length).join("|")})$`);
  const SECOND_ENDING = ending(Object.keys(SECOND));
  const THIRD_ENDING = ending(Object.keys(THIRD));
  const FOURTH_ENDING = ending("al ance ence er ic able ible ant ement ment ent ism ate iti ous ive ize ion".split(" "));
  const region = (word, from) => from + (REGION.exec(word.slice(from))?.[0].length ?? word.length - from);

  const plural = (word) => {
    if (word.endsWith("sses")) return word.slice(0, -2);
    if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
    return /[aeiouy].+s$/.test(word) && !/[us]s$/.test(word) ? word.slice(0, -1) : word;
  };

  const past = (word, first) => {
    const end = /(?:eed|eedly|ed|edly|ing|ingly)$/.exec(word);
    if (!end) return word;
    const rest = word.slice(0, end.index);
    if (end[0].startsWith("ee")) return end.index < first || /^(?:succ|proc|exc)$/.test(rest) ? word : `${rest}ee`;
    if (end[0] === "ing" && /^[^aeiouy]y$/.test(rest)) return `${rest[0]}ie`;
    if (end[0] === "ing" && /^(?:even|cann|inn|earr|herr|out)$/.test(rest)) return word;
    if (!/[aeiouy]/.test(rest)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
    return rest.length === first && SHORT.test(rest) ? `${rest}e` : rest;
  };

  const replaced = (word, end, from, fit) => (end && end.index >= from ? fit(word.slice(0, end.index), end[0]) ?? word : word);

  const second = (rest, end) => {
    if (end === "li") return /[cdeghkmnrt]$/.test(rest) ? rest : null;
    return end === "ogi" && !rest.endsWith("l") ? null : rest + SECOND[end];
  };

  const last = (word, first, later) => {
    const rest = word.slice(0, -1);
    if (word.endsWith("e") && (rest.length >= later || (rest.length >= first && !SHORT.test(rest)))) return rest;
    return word.endsWith("ll") && rest.length >= later ? rest : word;
  };

  return (given) => {
    if (Object.hasOwn(SPECIAL, given)) return SPECIAL[given];
    if (given.length < 3 || SAME.test(given)) return given;
    let word = given.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const first = BEGINS.exec(word)?.[0].length ?? region(word, 0);
    const later = region(word, first);
    word = past(plural(word), first).replace(/^(.+[^aeiouy])[yY]$/, "$1i");
    word = replaced(word, SECOND_ENDING.exec(word), first, second);
    word = replaced(word, THIRD_ENDING.exec(word), first, (rest, end) =>
      end === "ative" && rest.length < later ? null : rest + THIRD[end]);
    word = replaced(word, FOURTH_ENDING.exec(word), later, (rest, end) => (end === "ion" && !/[st]$/.test(rest) ? null : rest));
    return last(word, first, later).replaceAll("Y", "y");
  };
})();
