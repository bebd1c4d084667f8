"""What commands would make anew from files that no test changes: compiled templates, parsed style sheets, lists of files.

The process that commands are forked from imports this, so that each of them finds it made. A template that a test changes
has another text, and is compiled.
"""

from __future__ import annotations

import gc
from pathlib import Path
from types import CodeType
from typing import Any

import material
from jinja2 import Environment, FileSystemLoader
from jinja2.meta import find_referenced_templates
from mkdocs.theme import Theme

import macros
from macros.render import _environment
from macros.styles import Vocabulary, sheet
from macros.words import language

MATERIAL = Path(material.__file__).parent / "templates"
OURS = Path(macros.__file__).parent / "theme"
_compile, _list = Environment.compile, FileSystemLoader.list_templates
_codes: dict[tuple[object, ...], CodeType] = {}
_theirs = [name for name in _list(FileSystemLoader(MATERIAL)) if not name.startswith(".")]  # thousands of icons


def compiled(self: Environment, source: Any, name: str | None = None, filename: str | None = None, **raw: Any) -> Any:  # noqa: ANN401
    """The code of a template: the one that is known where text and environment are the same."""
    if raw or not isinstance(source, str):
        return _compile(self, source, name, filename, **raw)
    kind = (self.lexer, self.autoescape, self.finalize, *map(frozenset, (self.extensions, self.filters, self.tests)))
    key = (source, name, *kind)
    if key not in _codes:
        _codes[key] = _compile(self, source, name, filename)
    return _codes[key].replace(co_filename=filename or "<template>")


def listed(self: FileSystemLoader) -> list[str]:
    """The names of all templates but the hidden ones, which MkDocs leaves out; those of the theme as they were found once."""
    of = [_theirs if Path(path) == MATERIAL else _list(FileSystemLoader(path)) for path in self.searchpath]
    return sorted({name for names in of for name in names})


def load(environment: Environment, names: set[str]) -> None:
    """Compile these templates and all that they name."""
    while names:
        name = names.pop()
        if name not in {key[1] for key in _codes}:
            environment.get_template(name)
            assert environment.loader
            source = environment.loader.get_source(environment, name)[0]
            names |= {found for found in find_referenced_templates(environment.parse(source)) if found}


class Everything(Vocabulary):
    """What any selector needs."""

    def has(self, selector: object) -> bool:
        return True


def prepare() -> None:
    """Compile what the theme and our components print, and parse the style sheets that all sites have."""
    Environment.compile, FileSystemLoader.list_templates = compiled, listed  # type: ignore[assignment, method-assign]
    load(Theme(name="material", custom_dir=str(OURS)).get_env(), {"main.html", "404.html"})
    load(_environment(), set(_environment().list_templates()))
    styles = (*MATERIAL.glob("assets/stylesheets/*.css"), *OURS.glob("assets/**/*.css"))
    sheet((file.read_text(encoding="utf-8") for file in styles), Everything())
    language("de")
    gc.freeze()  # no command looks for garbage here


prepare()
