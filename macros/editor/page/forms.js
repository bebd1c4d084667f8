/* Facts as the file has them, and as the form shows them: where the file has records by id, the form has a list. */

export const isById = (field) => field.fields?.[0].name === "id";

/** What the form shows of a value that the file has. `fields` are those of the editor's configuration. */
export const toForm = (value, fields) =>
  Object.fromEntries(
    fields.filter((field) => field.name in value).map((field) => [field.name, shown(value[field.name], field)]),
  );

const shown = (value, field) => {
  if (isById(field)) return Object.entries(value).map(([id, record]) => ({ id, ...toForm(record, field.fields) }));
  if (field.widget === "list" && field.fields) return value.map((item) => toForm(asBlock(item), field.fields));
  return field.fields ? toForm(value, field.fields) : value;
};

const asBlock = (item) => (typeof item === "string" ? { text: item } : item);

/** What the file is to have: nothing that was left empty, and a text alone where it says everything. */
export const toFacts = (value, fields) =>
  Object.fromEntries(
    fields
      .map((field) => [field.name, stated(value[field.name], field)])
      .filter(([, content]) => !isEmpty(content)),
  );

const stated = (value, field) => {
  if (isEmpty(value)) return undefined;
  if (isById(field)) return Object.fromEntries(value.map((record) => [record.id, toFacts(record, field.fields.slice(1))]));
  if (field.widget === "list" && field.fields) return value.map((item) => asText(toFacts(item, field.fields), field));
  if (field.fields) return toFacts(value, field.fields);
  return typeof value === "string" ? value.trim() : value;
};

const asText = (item, field) => (mayBeText(field) && Object.keys(item).join() === "text" ? item.text : item);

/** A list of blocks of which only the text is required may have the text in the block's place. */
const mayBeText = (field) => field.fields.every(({ name, required }) => (name === "text") === (required !== false));

export const isEmpty = (value) =>
  value == null || value === "" || (typeof value === "object" && Object.values(value).every(isEmpty));
