"""What a newcomer to mkdocs-macros writes: facts from YAML into HTML."""

from functools import cache
from pathlib import Path

import yaml
from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).parent
JINJA = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _read(path):
    return yaml.safe_load((HERE / path).read_text(encoding="utf-8"))


@cache
def _actors():
    return {file.stem: _read(f"data/actors/{file.name}") for file in sorted((HERE / "data/actors").glob("*.yml"))}


def define_env(env):
    @env.macro
    def cite(slug, id_):
        facts = _read(f"data/explainers/{slug}.yml")
        number = list(facts["sources"]).index(id_) + 1
        return f'<sup><a href="#{id_}">[{number}]</a></sup>'

    @env.macro
    def records(slug):
        html = JINJA.get_template("records.html").render(facts=_read(f"data/explainers/{slug}.yml"), actors=_actors())
        return "\n".join(line for line in html.splitlines() if line.strip())
