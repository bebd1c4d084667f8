/* Changes a YAML file in the places that changed, and leaves every other byte as it is. */

import { LineCounter, isMap, isScalar, isSeq, parseDocument } from "./yaml/index.js";
import { isById, isEmpty } from "./forms.js";
import { OPTIONS, WIDTH, fieldRows, inline, itemRows, refolded, word } from "./writing.js";

/** What a YAML file says, every value as the text that stands there. */
export const read = (text) => {
  const document = parseDocument(text, OPTIONS);
  if (document.errors.length) throw document.errors[0];
  return document.contents ? document.toJS() : {};
};

/** The text of a file that says `value`; `fields` are in the order in which they belong. */
export const merge = (text, value, fields) => {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...OPTIONS, lineCounter: lines });
  const source = { text, rows: text.split("\n"), place: (offset) => place(lines, offset) };
  const rows = isMap(document.contents)
    ? mapRows(source, document.contents, 0, value, fields, 0)
    : [...text.trimEnd().split("\n"), ...addedRows(value, fields)];
  return `${rows.filter((row, number) => row || number).join("\n").trimEnd()}\n`;
};

const addedRows = (value, fields) => placed([], Object.keys(value), fields).flatMap((key) => fieldRows(key, value[key], 0));

const place = (lines, offset) => {
  const { line, col } = lines.linePos(offset);
  return { row: line - 1, column: col - 1 };
};

const plain = (value) => {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(plain);
  return Object.entries(value).filter(([, item]) => !isEmpty(item)).map(([key, item]) => [key, plain(item)]).sort();
};

const isSame = (one, other) => JSON.stringify(plain(one)) === JSON.stringify(plain(other));

/** Records stand in the order that a person gave them. */
const isMoved = (one, other) => Object.keys(one).join() !== Object.keys(other).join();

const isBlock = (node) => (isMap(node) || isSeq(node)) && !node.flow;

/** Old keys in their old order, each new one behind the last that belongs before it. */
const placed = (old, wanted, fields) => {
  if (!fields) return wanted;
  const rank = (key) => fields.findIndex((field) => field.name === key);
  const keys = old.filter((key) => wanted.includes(key));
  for (const key of wanted.filter((each) => !keys.includes(each)).sort((a, b) => rank(a) - rank(b))) {
    keys.splice(keys.findLastIndex((each) => rank(each) < rank(key)) + 1, 0, key);
  }
  return keys;
};

/** The entries of a block: the rows of each, and above them those of its comments. `from` is the block's first row. */
const entriesOf = (source, node, from, column) => {
  const entries = [];
  let above = from;
  for (const item of node.items) {
    const [start, value] = item.key ? [item.key.range[0], item.value] : [item.range[0], item];
    const first = source.place(start).row;
    let last = Math.max(first, value ? lastRow(source, value) : first);
    while (new RegExp(`^ {${column + 1},}#`).test(source.rows[last + 1] ?? "")) last += 1;
    entries.push({ key: item.key?.value, value, first, last, lead: source.rows.slice(above, first) });
    above = last + 1;
  }
  return entries;
};

const lastRow = (source, node) => {
  const inner = isBlock(node) && node.items.at(-1);
  if (inner) return lastRow(source, inner.key ? (inner.value ?? inner.key) : inner);
  let { row, column } = source.place(node.range[1]);
  while (!source.rows[row].slice(0, column).trim()) [row, column] = [row - 1, Infinity];
  return row;
};

const mapRows = (source, node, from, value, fields, column) => {
  const entries = entriesOf(source, node, from, column);
  const head = entries.length ? entries[0].lead.splice(0) : [];
  const known = new Map(entries.map((entry) => [entry.key, entry]));
  return [
    ...head,
    ...placed([...known.keys()], Object.keys(value), fields).flatMap((key) => {
      const field = fields?.find(({ name }) => name === key);
      const entry = known.get(key);
      return entry ? [...entry.lead, ...entryRows(source, entry, value[key], field, column)] : freshRows(key, value[key], column);
    }),
  ];
};

/** A new section stands apart; a new record and a new field do not. */
const freshRows = (key, value, column) => {
  const rows = fieldRows(key, value, column);
  return column === 0 && rows.length > 1 && typeof value === "object" ? ["", ...rows] : rows;
};

const entryRows = (source, entry, value, field, column) => {
  const { key, value: node, first, last } = entry;
  const rows = source.rows.slice(first, last + 1);
  if (node && isSame(node.toJSON(), value) && !(isById(field) && isMoved(node.toJSON(), value))) return rows;
  if (isMap(node) && isBlock(node) && !Array.isArray(value) && typeof value === "object") {
    return [source.rows[first], ...blockRows(source, node, first + 1, value, field, column + 2)];
  }
  if (isSeq(node) && isBlock(node) && Array.isArray(value) && field?.fields) {
    return [source.rows[first], ...listRows(source, node, first + 1, value, field.fields, source.place(node.range[0]).column)];
  }
  return (node && changedRows(source, node, rows, first, value)) ?? freshRows(key, value, column);
};

const blockRows = (source, node, from, value, field, column) => {
  if (!isById(field)) return mapRows(source, node, from, value, field?.fields, column);
  const entries = new Map(entriesOf(source, node, from, column).map((entry) => [entry.key, entry]));
  const record = { fields: field.fields.slice(1) };
  return Object.entries(value).flatMap(([id, item]) => {
    const entry = entries.get(id);
    return entry ? [...entry.lead, ...entryRows(source, entry, item, record, column)] : fieldRows(id, item, column);
  });
};

const listRows = (source, node, from, value, fields, column) => {
  const entries = entriesOf(source, node, from, column);
  return paired(entries, value).flatMap(([entry, item]) => {
    if (!entry) return itemRows(item, column);
    return [...entry.lead, ...changedItem(source, entry, item, fields, column)];
  });
};

/** Items that are the same belong together; of the others, each new one takes the place of the next old one. */
const paired = (entries, items) => {
  const free = [...entries];
  const same = items.map((item) => {
    const at = free.findIndex((entry) => isSame(entry.value.toJSON(), item));
    return at < 0 ? undefined : free.splice(at, 1)[0];
  });
  const spare = items.length >= entries.length ? free : [];
  return items.map((item, number) => [same[number] ?? spare.shift(), item]);
};

const changedItem = (source, { value: node, first, last }, item, fields, column) => {
  const rows = source.rows.slice(first, last + 1);
  if (isSame(node.toJSON(), item)) return rows;
  if (isMap(node) && isBlock(node) && typeof item === "object") {
    const masked = source.rows.with(first, source.rows[first].replace("-", " "));
    const [top, ...rest] = mapRows({ ...source, rows: masked }, node, first, item, fields, source.place(node.range[0]).column);
    return [`${top.slice(0, column)}-${top.slice(column + 1)}`, ...rest];
  }
  return changedRows(source, node, rows, first, item) ?? itemRows(item, column);
};

/** A text or a list on one line, changed in its place; undefined where it has to be written anew. */
const changedRows = (source, node, rows, first, value) => {
  const [start, end] = [source.place(node.range[0]), source.place(node.range[1])];
  if (isScalar(node) && node.type === "BLOCK_FOLDED" && typeof value === "string") {
    const indent = rows[1].length - rows[1].trimStart().length;
    return [rows[0], ...refolded(rows.slice(1), value, indent)];
  }
  if (start.row !== first || end.row !== first || isBlock(node) || rows.length > 1) return undefined;
  const text = isScalar(node) ? (typeof value === "string" ? word(value) : undefined) : flow(source, node, value);
  const row = text && rows[0].slice(0, start.column) + text + rows[0].slice(end.column);
  return row && (row.length <= WIDTH || !row.trim().includes(" ")) ? [row] : undefined;
};

const flow = (source, node, value) => {
  if (isSeq(node)) return Array.isArray(value) ? inline(value) : undefined;
  if (typeof value !== "object" || Array.isArray(value)) return undefined;
  const old = new Map(node.items.map((pair) => [pair.key.value, pair.value]));
  const parts = placed([...old.keys()], Object.keys(value), Object.keys(value).map((name) => ({ name }))).map((key) => {
    const there = old.get(key);
    const kept = there && isSame(there.toJSON(), value[key]);
    return `${key}: ${kept ? source.text.slice(there.range[0], there.range[1]) : inline(value[key], true)}`;
  });
  return `{${parts.join(", ")}}`;
};
