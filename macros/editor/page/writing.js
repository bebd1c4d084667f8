/* YAML as a person writes it: plain where that is allowed, a long text folded, lists of ids on one line. */

import { parseDocument } from "./yaml/index.js";

export const WIDTH = 120;
export const OPTIONS = { schema: "failsafe", keepSourceTokens: true };

const isPlain = (text, before, after) => {
  const document = parseDocument(`${before}${text}${after}`, OPTIONS);
  const scalar = document.contents?.items?.[0];
  const node = scalar?.value !== undefined && scalar.key ? scalar.value : scalar;
  return !document.errors.length && node?.type === "PLAIN" && node.value === text && document.contents.items.length === 1;
};

const inQuotes = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

const NOTHING = /^(~|null|Null|NULL|)$/;

/** A text on one line; `inFlow` between brackets, where commas and brackets need quotes. */
export const word = (text, inFlow = false) => {
  const line = text.trim().replace(/\s*\n\s*/g, " ");
  const plain = inFlow ? isPlain(line, "[", "]") : isPlain(line, "a: ", "");
  return plain && !NOTHING.test(line) ? line : inQuotes(line);
};

/** A text, a list of ids or a block, on one line. */
export const inline = (value, inFlow = false) => {
  if (typeof value === "string") return word(value, inFlow);
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, true)).join(", ")}]`;
  return `{${Object.entries(value).map(([key, item]) => `${key}: ${inline(item, true)}`).join(", ")}}`;
};

export const wrapped = (words, indent) => {
  const rows = [];
  for (const each of words) {
    const longer = rows.length ? `${rows.at(-1)} ${each}` : "";
    if (longer && longer.length <= WIDTH) rows[rows.length - 1] = longer;
    else rows.push(" ".repeat(indent) + each);
  }
  return rows;
};

export const words = (text) => text.split(/\s+/).filter(Boolean);

/** A folded text, of which the lines before and after a change stay as they are. */
export const refolded = (rows, text, indent) => {
  const wanted = words(text);
  const [top, used] = unchanged(rows, wanted);
  const [bottom, kept] = unchanged(rows.slice(top).reverse(), wanted.slice(used).reverse(), true);
  const middle = wrapped(wanted.slice(used, wanted.length - kept), indent);
  return [...rows.slice(0, top), ...middle, ...rows.slice(rows.length - bottom)];
};

const unchanged = (rows, wanted, fromEnd = false) => {
  let count = 0;
  let used = 0;
  for (const row of rows) {
    const here = fromEnd ? words(row).reverse() : words(row);
    if (!here.length || here.some((each, number) => each !== wanted[used + number])) break;
    count += 1;
    used += here.length;
  }
  return [count, used];
};

/** A text after `head`, which is its key or its dash. */
export const textRows = (head, text, indent) => {
  const row = `${head} ${word(text)}`;
  return row.length > WIDTH && text.trim().includes(" ") ? [`${head} >`, ...wrapped(words(text), indent + 2)] : [row];
};

/** A field that the file does not have yet. */
export const fieldRows = (key, value, indent) => {
  const head = `${" ".repeat(indent)}${key}:`;
  if (typeof value === "string") return textRows(head, value, indent);
  if (!Array.isArray(value)) return [head, ...blockRows(value, indent + 2)];
  const isOfIds = value.every((item) => typeof item === "string" && !item.includes(" "));
  const row = `${head} ${inline(value)}`;
  return isOfIds && row.length <= WIDTH ? [row] : [head, ...value.flatMap((item) => itemRows(item, indent + 2))];
};

const blockRows = (value, indent) => Object.entries(value).flatMap(([key, item]) => fieldRows(key, item, indent));

/** An item of a list, after its dash. */
export const itemRows = (item, indent) => {
  const dash = `${" ".repeat(indent)}-`;
  if (typeof item === "string") return textRows(dash, item, indent);
  const [first, ...rest] = blockRows(item, indent + 2);
  return [dash + first.slice(indent + 1), ...rest];
};
