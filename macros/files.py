"""The files of the project, as they lie in their folders."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from macros.problems import Mistake, Problem

SIZE_LIMIT = 1_000_000  # bytes; the largest explainer in use has about 60,000, and every build reads all of them
EDITOR = ".cache/editor"  # where npm puts what the web editor is made of
TEXT_SUFFIXES = (".yml", ".yaml", ".md", ".markdown", ".mdown", ".mkdn", ".mkd")

# What YAML, XML or a terminal would take for something else; YAML also counts U+0085, U+2028 and U+2029 as line ends.
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufeff\ufffe\uffff\ud800-\udfff]")

_UNMERGED = re.compile(r"^(<<<<<<<|>>>>>>>) ", re.MULTILINE)


def find(root: Path, folder: str, problems: list[Problem]) -> Iterator[str]:
    """The path of every file below a folder, in order. What is hidden is left out; what is no file is a problem."""

    def refuse(error: OSError) -> None:
        path = Path(error.filename).relative_to(root).as_posix()
        problems.append(_unreadable(error).at(path, 1, 1))

    if not (root / folder).is_dir():
        return
    for place, folders, names in os.walk(root / folder, onerror=refuse):
        here = Path(place).relative_to(root).as_posix()
        linked = [name for name in folders if (Path(place) / name).is_symlink()]
        odd = [name for name in folders if name.endswith(TEXT_SUFFIXES)]
        folders[:] = sorted(name for name in folders if name not in (*linked, *odd) and not name.startswith("."))
        for name in sorted(name for name in (*names, *linked, *odd) if not name.startswith(".")):
            mistake = _misnamed(name) or _no_file(Path(place) / name)
            if mistake:
                problems.append(mistake.at(f"{here}/{name}", 1, 1))
            else:
                yield f"{here}/{name}"


def _misnamed(name: str) -> Mistake | None:
    if name.isprintable():
        return None
    return Mistake("file-name", "the name of this file has signs that nobody can see", "Rename it in plain letters")


def _no_file(file: Path) -> Mistake | None:
    try:
        mode = file.lstat().st_mode
    except OSError as error:
        return _unreadable(error)
    if stat.S_ISREG(mode):
        return None
    found = "a link to another place" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "a device"
    return Mistake("not-a-file", f"this is {found}, where a file belongs", "Put the file itself here")


def _unreadable(error: OSError) -> Mistake:
    reason = f"this cannot be read: {error.strerror or 'the system refuses it'}"
    return Mistake("unreadable", reason, "Let everyone read it, or put it here anew")


def read_text(root: Path, path: str, problems: list[Problem]) -> str | None:
    """The file's text with `\\n` at the end of each line; None and a problem when it has none that can be used."""
    text = read_raw(root, path, problems)
    if text is None:
        return None
    if sign := INVISIBLE.search(text):
        what = f"an invisible sign ({code_point(sign[0])}) stands here"
        problems.append(Mistake("invisible-sign", what, "Delete it").at(path, *_place(text[: sign.start()])))
        return None
    if mark := _UNMERGED.search(text):
        what, mend = "two versions of these lines were never merged", "Decide between them, and delete the marks"
        problems.append(Mistake("unmerged", what, mend).at(path, *_place(text[: mark.start()])))
        return None
    return text


def read_raw(root: Path, path: str, problems: list[Problem]) -> str | None:
    """The text of a file that comes from elsewhere, whatever signs stand in it, with `\\n` at the end of each line."""
    content = _content(root / path)
    if isinstance(content, Mistake):
        problems.append(content.at(path, 1, 1))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig")
        problems.append(_not_utf8(content, error).at(path, *_place(before)))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        problems.append(Mistake("empty-file", "the file is empty", "Fill it in, or delete it").at(path, 1, 1))
        return None
    return text


def code_point(sign: str) -> str:
    """A sign's number, for what cannot be shown: U+0000."""
    return f"U+{ord(sign):04X}"


def _content(file: Path) -> bytes | Mistake:
    if mistake := _no_file(file):
        return mistake
    try:
        size = file.stat().st_size
        return _too_large(size) if size > SIZE_LIMIT else file.read_bytes()
    except OSError as error:
        return _unreadable(error)


def _too_large(size: int) -> Mistake:
    what = f"the file has {size / 1e6:.1f} MB; files up to {SIZE_LIMIT / 1e6:.0f} MB are read"
    return Mistake("too-large", what, "Split the story, or remove what does not belong")


def _not_utf8(content: bytes, error: UnicodeDecodeError) -> Mistake:
    byte = f"0x{content[error.start]:02X}"
    return Mistake("not-utf8", f"the file is not UTF-8 (byte {byte})", "Save it with the encoding UTF-8")


def _place(before: str) -> tuple[int, int]:
    rows = re.split("\r\n|\r|\n", before)
    return len(rows), len(rows[-1]) + 1
