"""A site of one's own: what `explainers init` writes, and what `explainers update` writes anew for a later engine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from string import Template

from macros import reference
from macros.problems import DOCUMENTATION, Mistake

ENGINE = "https://github.com/open-questions/open-questions.github.io"
HERE = Path(__file__).parent
WORKFLOWS = ("comment.yml", "preview.yml", "publish.yml", "remind.yml")  # the engine's own site has the same
_OF_THE_ENGINE = ("engine.yml", ".github/workflows/check.yml")


class _Text(Template):
    delimiter = "@@"


def create(folder: Path, name: str) -> list[str]:
    """Write a new site with this name into a folder that is empty or not there; returns the paths that were written."""
    if not name.isprintable() or not name.strip() or '"' in name or "\\" in name:
        raise Mistake("bad-name", "a name is one line without quotation marks", "Give another: --name 'A Name'")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Mistake("not-empty", f"there is something at {folder} already", "Name a folder that is new or empty")
        written = _write(folder, {**_skeleton(name.strip()), **_workflows()})
        return sorted({*written, *reference.write(folder)})
    except OSError as error:
        raise Mistake("unwritable", f"{folder} cannot be written: {error.strerror}", "Name another folder") from None


def update(root: Path) -> list[str]:
    """Write anew what belongs to the engine, in a site that was made by `create`; returns the paths that changed."""
    if not (root / "engine.yml").is_file():
        raise Mistake("no-engine", "this site has its engine in its own folder", "There is nothing to take over")
    made = {name: text for name, text in _skeleton("").items() if name in _OF_THE_ENGINE}
    return sorted({*_write(root, {**made, **_workflows()}), *reference.write(root)})


def _skeleton(name: str) -> dict[str, str]:
    """Every file of a new site, by path."""
    values = {"name": name, "slug": _slug(name), "engine": ENGINE, "documentation": DOCUMENTATION}
    files = sorted(file for file in (HERE / "skeleton").rglob("*") if file.is_file())
    texts = {file.relative_to(HERE / "skeleton").as_posix(): file.read_text(encoding="utf-8") for file in files}
    texts[".gitignore"] = texts.pop("gitignore")
    return {path: _Text(text).substitute(values) for path, text in texts.items()}


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower())) or "explainers"


def _workflows() -> dict[str, str]:
    """The engine's own workflows, which lie beside this file in its package, and in .github/ of its repository."""
    packed = HERE / "workflows"
    folder = packed if packed.is_dir() else HERE.parent.parent / ".github/workflows"
    return {f".github/workflows/{name}": (folder / name).read_text(encoding="utf-8") for name in WORKFLOWS}


def _write(root: Path, files: dict[str, str]) -> Iterable[str]:
    for path, text in files.items():
        file = root / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            yield path
