"""The project as it stood at another commit."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.problems import Mistake

FOLDERS = ("data", "docs")


@contextmanager
def snapshot(root: Path, revision: str) -> Iterator[Path]:
    """A folder that holds `data/` and `docs/` as of a commit, a branch or a tag, for as long as it is open.

    Raises `Mistake` when there is no such revision, or no git repository.
    """
    with TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(_archive(root, revision))) as archive:
            archive.extractall(folder, filter=_only_files)  # noqa: S202 - only files and folders, inside
        yield Path(folder)


def _only_files(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """Links are left out: one of them could lead out of the folder."""
    return tarfile.data_filter(member, folder) if member.isfile() or member.isdir() else None


def _archive(root: Path, revision: str) -> bytes:
    tree = _git(root, revision, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = tree.decode().strip()
    there = _git(root, revision, "ls-tree", "--name-only", commit, *FOLDERS).decode().split()
    return _git(root, revision, "archive", "--format=tar", commit, *there)


def _git(root: Path, revision: str, *arguments: str) -> bytes:
    try:
        ran = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise Mistake("no-git", "git is not installed", "Install it, or compare by hand") from None
    if ran.returncode:
        mend = "Name a commit, a branch or a tag of this repository, such as main or HEAD~1"
        raise Mistake("unknown-revision", f"git knows no revision `{revision}` here", mend)
    return ran.stdout
