"""A file's text and its YAML, with the place of every part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.documents import DEPTH_LIMIT, SIZE_LIMIT, Document, compose, read_text
from macros.problems import Problem


def composed(text: str, first_line: int = 1) -> tuple[Document, Any]:
    problems: list[Problem] = []
    document, data = compose("x.yml", text, problems, first_line)
    assert document and problems == []
    return document, data


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "12:30",
        "010",
        "0x1F",
        "1e3",
        ".inf",
        "2025-10-30",
        "1_000",
        "=",
        "+1",
        "190:20:30",
        "true",
        "NaN",
    ],
)
def test_scalars_stay_text(word: str) -> None:
    """Nothing is read as a truth value, number or date, neither as a value nor as a key, quoted or not."""
    assert composed(f"{word}: {word}")[1] == {word: word}
    assert composed(f"[{word}, '{word}', \"{word}\", !!int {word}, !!bool {word}]")[1] == [word] * 5


@pytest.mark.parametrize(
    ("text", "value"), [("a:", None), ("a: ~", None), ("a: null", None), ("a: 'null'", "null"), ("a: ''", "")]
)
def test_nothing_is_nothing(text: str, value: str | None) -> None:
    """A key without a value has none; quotes make a text of everything."""
    assert composed(text)[1] == {"a": value}


def test_block_texts() -> None:
    """Folded and literal texts are read as YAML says."""
    assert composed("a: >\n  one\n  two\nb: |\n  one\n  two\n")[1] == {"a": "one two\n", "b": "one\ntwo\n"}


def test_positions() -> None:
    """Every part knows line and column, counted from 1, also after letters of more than one byte and in a head."""
    document, _ = composed('é: "日本"\nlist: [ü, {a: 1}]\n', first_line=2)
    assert document.position(("é",)) == (2, 4)
    assert document.position(("é",), key=True) == (2, 1)
    assert document.position(("list", 1, "a")) == (3, 15)
    assert document.position(("list", 1, "a"), key=True) == (3, 12)


def test_positions_of_what_is_not_there() -> None:
    """What is missing is looked for at its nearest parent."""
    document, _ = composed("a:\n  b: [1]\n")
    assert document.position(("a", "c")) == (2, 3)
    assert document.position(("a", "b", 7)) == (2, 6)
    assert document.position(("z", "z")) == (1, 1)
    assert document.position(()) == (1, 1)


def test_keys() -> None:
    """The ids of a section, also of records that make no sense; none when it is no mapping."""
    document, _ = composed("a: {x: 1, y: [2]}\nb: [z]\n")
    assert (document.keys("a"), document.keys("b"), document.keys("c")) == (["x", "y"], [], [])


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_depth(opening: str) -> None:
    """Nesting is refused while it is read, long before anything recurses."""
    problems: list[Problem] = []
    assert compose("x.yml", opening * 100_000, problems) == (None, {})
    assert [problem.code for problem in problems] == ["too-deep"]
    assert compose("x.yml", "[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, [])[0]


def read(tmp_path: Path, content: bytes) -> tuple[str | None, list[str]]:
    problems: list[Problem] = []
    (tmp_path / "x.yml").write_bytes(content)
    return read_text(tmp_path, "x.yml", problems), [problem.code for problem in problems]


def test_size(tmp_path: Path) -> None:
    """A file may have a million bytes and not one more."""
    assert read(tmp_path, b"a" * SIZE_LIMIT)[1] == []
    assert read(tmp_path, b"a" * (SIZE_LIMIT + 1)) == (None, ["too-large"])


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends(ending: str, tmp_path: Path) -> None:
    """Whatever ends a line, it ends one line; a mark at the start of the file is no part of its text."""
    assert read(tmp_path, f"\ufeffa{ending}b{ending}".encode()) == ("a\nb\n", [])


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf"])
def test_empty(content: bytes, tmp_path: Path) -> None:
    """A file with nothing but space in it is empty."""
    assert read(tmp_path, content) == (None, ["empty-file"])


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfea\x00", b"caf\xe9", b"a\xc0\x80", b"\xed\xa0\x80", b"ok \xf0\x9f\x98"],
    ids=lambda content: content.hex(),
)
def test_not_utf8(content: bytes, tmp_path: Path) -> None:
    """Other encodings, overlong forms, surrogates and cut-off letters are refused."""
    assert read(tmp_path, content) == (None, ["not-utf8"])


def test_a_folder_or_a_broken_link_is_no_file(tmp_path: Path) -> None:
    """What has the name of a file but cannot be read is a problem with a line of its own."""
    problems: list[Problem] = []
    (tmp_path / "folder.yml").mkdir()
    (tmp_path / "link.yml").symlink_to("nowhere")
    assert read_text(tmp_path, "folder.yml", problems) is None
    assert read_text(tmp_path, "link.yml", problems) is None
    assert [(problem.path, problem.line) for problem in problems] == [("folder.yml", 1), ("link.yml", 1)]
