"""The files of the project, as they lie in their folders."""

from __future__ import annotations

import os
from pathlib import Path

from macros.files import find
from macros.problems import Problem
from macros.workspace import read
from tests.conftest import write


def found(root: Path) -> tuple[list[str], dict[str, str]]:
    problems: list[Problem] = []
    return list(find(root, "docs", problems)), {problem.path: problem.code for problem in problems}


def test_every_file_once(tmp_path: Path) -> None:
    """Files are found in folders too; what is hidden is not."""
    write(tmp_path, {"docs/a.md": "a", "docs/more/b.png": "b", "docs/.git/c.md": "c", "docs/.#a.md": "d"})
    assert found(tmp_path) == (["docs/a.md", "docs/more/b.png"], {})
    assert found(tmp_path / "docs") == ([], {})


def test_what_is_no_file(tmp_path: Path) -> None:
    """Links lead anywhere, a pipe has no end, and a folder named like a file is none."""
    write(tmp_path, {"docs/a.md": "a", "docs/folder.md/b.md": "b"})
    (tmp_path / "docs/link.png").symlink_to("/etc/hostname")
    (tmp_path / "docs/self.md").symlink_to("self.md")
    (tmp_path / "docs/loop").symlink_to(".")
    os.mkfifo(tmp_path / "docs/pipe.md")
    names = ("folder.md", "link.png", "loop", "pipe.md", "self.md")
    assert found(tmp_path) == (["docs/a.md"], {f"docs/{name}": "not-a-file" for name in names})


def test_names_that_cannot_be_shown(tmp_path: Path) -> None:
    """A name is letters that can be read, in whatever script; a problem with any other is one line."""
    write(tmp_path, {"docs/日本 é.md": "a", "docs/a\nb.md": "b", "docs/\x1b[2J.md": "c"})
    (tmp_path / os.fsdecode(b"docs/\xff.md")).touch()
    paths, problems = found(tmp_path)
    assert paths == ["docs/日本 é.md"]
    assert problems == {"docs/a b.md": "file-name", "docs/ [2J.md": "file-name", "docs/ .md": "file-name"}
    assert all(path.isprintable() for path in problems)


def test_a_project_of_broken_files_is_read(project: Path) -> None:
    """A build gets as far as naming them."""
    (project / "data/actors/china.yml").symlink_to("nowhere")
    os.mkfifo(project / "data/redirects.yml")
    (project / "docs/more.md").mkdir()
    places = [(problem.path, problem.code) for problem in read(project).problems]
    assert places == [
        (f"{path}", "not-a-file") for path in ("data/actors/china.yml", "data/redirects.yml", "docs/more.md")
    ]
