"""From the files below `data/` to the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import Field

from macros.documents import Document, compose
from macros.files import find, read_text
from macros.memory import Memory
from macros.model import Actor, Authored, Explainer, Incomplete, Redirect
from macros.problems import Mistake, Problem
from macros.validation import ModelT, bad_id, validate

EXPLAINERS, ACTORS, REDIRECTS = "data/explainers", "data/actors", "data/redirects.yml"


@dataclass
class Loaded:
    """Everything under `data/`, and what is wrong with it.

    What cannot be read is missing; `slugs` and `actor_ids` name whatever has a file. `sound` has what was made of each
    file in which nothing is wrong.
    """

    explainers: dict[str, Explainer] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    slugs: set[str] = field(default_factory=set)
    actor_ids: set[str] = field(default_factory=set)
    memory: Memory = field(default_factory=Memory)
    sound: dict[str, tuple[Document, Any]] = field(default_factory=dict)

    @property
    def named_slugs(self) -> set[str]:
        """The slugs of all facts, also of those that lie in the wrong place."""
        return self.slugs | _named(EXPLAINERS, self.problems)

    @property
    def named_actors(self) -> set[str]:
        """The ids of all actors, also of those whose file lies in the wrong place."""
        return self.actor_ids | _named(ACTORS, self.problems)

    def facts(self, slug: str) -> Document | None:
        """The file of an explainer's facts; None when its YAML cannot be read."""
        return self.documents.get(f"{EXPLAINERS}/{slug}.yml")


class _Redirects(Authored):
    redirects: tuple[Redirect, ...] = Field(description="A list of what has moved.")


def load(root: Path, memory: Memory | None = None, before: Loaded | None = None) -> Loaded:
    """Read `data/` below the project's root; what was loaded before from the same text is taken from there."""
    loaded = Loaded(memory=memory or Memory(), sound=dict(before.sound) if before else {})
    paths = [path for path in find(root, "data", loaded.problems) if path.lower().endswith((".yml", ".yaml"))]
    loaded.memory.share(_unparsed(root, paths, loaded), lambda part: _parse(part, loaded.memory))
    for path in paths:
        load_file(root, path, loaded)
    return loaded


def _unparsed(root: Path, paths: Iterable[str], loaded: Loaded) -> Iterator[tuple[str, str]]:
    """Each file that was not in order before, with its text."""
    for path in paths:
        text = read_text(root, path, [])
        if text is not None and not _was_sound(path, text, loaded) and not loaded.memory.knows("yaml", path, text):
            yield path, text


def _was_sound(path: str, text: str, loaded: Loaded) -> bool:
    return path in loaded.sound and loaded.sound[path][0].text == text


def _parse(texts: Iterable[tuple[str, str]], memory: Memory) -> None:
    for path, text in texts:
        _plain(path, text, Loaded(memory=memory))


def load_file(root: Path, file: str, loaded: Loaded) -> None:
    """Read one file of `data/` into what is loaded."""
    path = PurePosixPath(file)
    folder, id_ = str(path.parent), path.stem
    if str(path) == REDIRECTS:
        moved = _read(_Redirects, root, REDIRECTS, loaded)
        loaded.redirects = moved.redirects if moved else ()
    elif problem := _misplaced(path) or check_suffix(str(path), ".yml") or check_name(str(path), id_):
        loaded.problems.append(problem)
    elif folder == EXPLAINERS:
        loaded.slugs.add(id_)
        if explainer := _read(Explainer, root, str(path), loaded, Incomplete):
            loaded.explainers[id_] = explainer
    else:
        loaded.actor_ids.add(id_)
        if actor := _read(Actor, root, str(path), loaded):
            actor._id = id_
            loaded.actors[id_] = actor


def _named(folder: str, problems: list[Problem]) -> set[str]:
    """The names of files that are there, whatever is wrong with them."""
    return {PurePosixPath(problem.path).stem for problem in problems if problem.path.startswith(f"{folder}/")}


def _misplaced(path: PurePosixPath) -> Problem | None:
    folder = "/".join(path.parts[:2])
    if folder not in (EXPLAINERS, ACTORS) or len(path.parts) < 3:
        mend = f"Put facts into {EXPLAINERS}/, actors into {ACTORS}/, and what has moved into {REDIRECTS}"
        return Mistake("file-name", "nothing reads a file of this name", mend).at(str(path), 1, 1)
    return check_folder(str(path), folder)


def check_folder(path: str, folder: str) -> Problem | None:
    """Files lie side by side: a folder below would give two of them one address."""
    file = PurePosixPath(path)
    if str(file.parent) == folder:
        return None
    what = "the file lies in a folder of its own"
    return Mistake("file-name", what, f"Move it to {folder}/{file.name}").at(path, 1, 1)


def check_suffix(path: str, suffix: str) -> Problem | None:
    """A file of another ending would not be found."""
    file = PurePosixPath(path)
    if file.suffix == suffix:
        return None
    what = f"the file ends in {file.suffix}"
    return Mistake("file-name", what, f"Rename it to {file.stem}{suffix}").at(path, 1, 1)


def check_name(path: str, stem: str) -> Problem | None:
    """A file is named by its id; returns the problem when the name is no id."""
    if re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", stem):
        return None
    return bad_id(stem).at(path, 1, 1)


def _plain(path: str, text: str, loaded: Loaded) -> tuple[Document | None, Any]:
    """The file's YAML; what was in order before is not parsed again."""
    known = loaded.memory.recall("yaml", path, text)
    if known is not None:
        return Document.known(path, text, known["sections"]), known["data"]
    before = len(loaded.problems)
    document, data = compose(path, text, loaded.problems)
    if document and len(loaded.problems) == before:
        loaded.memory.keep({"data": data, "sections": document.sections}, "yaml", path, text)
    return document, data


def _read(
    model: type[ModelT], root: Path, path: str, loaded: Loaded, partial: type[ModelT] | None = None
) -> ModelT | None:
    first = len(loaded.problems)
    text = read_text(root, path, loaded.problems)
    if text is None:
        return None
    if _was_sound(path, text, loaded):
        found: ModelT | None = _taken(path, text, loaded)
        return found
    document, data = _plain(path, text, loaded)
    if document is None:
        return None
    if model is _Redirects:
        document, data = replace(document, field="redirects"), {"redirects": data}
    loaded.documents[path] = document
    before = len(loaded.problems)
    found = validate(model, document, data, loaded.problems, partial)
    if len(loaded.problems) == before:
        document.forget()
    if len(loaded.problems) == first:
        loaded.sound[path] = document, found
    return found


def _taken(path: str, text: str, loaded: Loaded) -> Any:  # noqa: ANN401
    """What was made of the same text before."""
    loaded.memory.use("yaml", path, text)
    loaded.documents[path], found = loaded.sound[path]
    return found
