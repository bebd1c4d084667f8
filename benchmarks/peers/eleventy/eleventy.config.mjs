import fs from "node:fs";
import path from "node:path";
import { load } from "js-yaml";

const folder = (name) =>
  Object.fromEntries(
    fs.readdirSync(`facts/${name}`).map((file) => [path.parse(file).name, load(fs.readFileSync(`facts/${name}/${file}`, "utf8"))]),
  );

export default function (config) {
  config.addGlobalData("actors", () => folder("actors"));
  config.addGlobalData("stories", () => folder("explainers"));
  config.addShortcode("cite", (slug, id) => `<sup><a href="#${id}">[${id}]</a></sup>`);
  return { markdownTemplateEngine: "njk", dir: { input: "content", includes: "../_includes", output: "site" } };
}
