/* Starts the editor on the configuration beside it, and teaches it how our files are written. */

import { init, registerCustomFormat } from "./cms/index.js";
import { parse } from "./yaml/index.js";
import { toFacts, toForm } from "./forms.js";
import { merge, read } from "./merging.js";

const HEAD = /^---\n(.*?\n)---\n\s*(.*)$/s;

const facts = ({ fields }) => ({
  fromFile: (text) => ({ ...toForm(read(text), fields), file: text }),
  toFile: (value) => merge(value.file, toFacts(value, without(fields, "file")), fields),
});

const article = ({ fields }) => ({
  fromFile: (text) => {
    const [, head, body] = text.match(HEAD);
    return { ...toForm(read(head), fields), body, file: text };
  },
  toFile: (value) => {
    const [, head, body] = value.file.match(HEAD);
    const changed = merge(head, toFacts(value, without(fields, "file", "body")), fields);
    return value.body.trim() === body.trim()
      ? value.file.replace(head, () => changed)
      : `---\n${changed}---\n\n${value.body.trim()}\n`;
  },
});

const without = (fields, ...names) => fields.filter((field) => !names.includes(field.name));

const config = parse(await (await fetch("config.yml")).text());
for (const collection of config.collections) {
  const { format, extension } = collection;
  registerCustomFormat(format, extension, extension === "md" ? article(collection) : facts(collection));
}
init({ config: { load_config_file: false, ...config } });
