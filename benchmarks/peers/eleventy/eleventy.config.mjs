import fs from "node:fs";
import path from "node:path";
import { load } from "js-yaml";

const folder = (name) =>
  Object.fromEntries(
    fs.readdirSync(`facts/${name}`).map((file) => [path.parse(file).name, load(fs.readFileSync(`facts/${name}/${file}`, "utf8"))]),
  );

export default function (config) {
  // Not as global data, which Eleventy merges into the data of each page.
  config.addNunjucksGlobal("actors", folder("actors"));
  config.addNunjucksGlobal("stories", folder("explainers"));
  config.addShortcode("cite", (slug, id) => `<sup><a href="#${id}">[${id}]</a></sup>`);
  return { markdownTemplateEngine: "njk", dir: { input: "content", includes: "../_includes", output: "site" } };
}
