"""Every message has its section in docs/messages.md, and what stands there is true: each example is tried.

After a change that is meant, `UPDATE_GOLDEN=1 uv run pytest -n 0 tests/test_messages.py` writes the messages anew.
"""

from __future__ import annotations

import ast
import errno
import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest
import yaml
from click.testing import CliRunner, Result

from macros.cli import main
from macros.comment import unpacked
from macros.diff.formats import from_json
from macros.due import Kind
from macros.editor import install
from macros.github import api
from macros.problems import DOCUMENTATION, Mistake, Problem
from tests.conftest import ARTICLE, EXPLAINER, ROOT, TODAY, write
from tests.fake_github import zipped
from tests.found import found
from tests.golden import UPDATE

PAGE = ROOT / "docs/messages.md"
FACTS = "data/explainers/story.yml"
_SECTION = re.compile(r"^## ([a-z0-9-]+)\n(.*?)(?=^## [a-z0-9-]+\n|^\{% endraw %\}\n\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(
    r"^(Wrong|Right), (?:as a command(?:, [^:`]+)?|in `([^`]+)`(.*?)):\n\n```\w+\n(.*?)```$", re.MULTILINE | re.DOTALL
)
_SAYS = re.compile(r"^It says:\n\n```text\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A file or, without a path, a command."""

    path: str
    note: str
    text: str

    @property
    def content(self) -> bytes:
        """What to write: facts are completed by the sections that the example leaves out."""
        if self.path == FACTS:
            shown = set(re.findall(r"^(\w+):", self.text, re.MULTILINE))
            rest = {name: value for name, value in yaml.safe_load(EXPLAINER).items() if name not in shown}
            return (self.text + (yaml.safe_dump(rest, sort_keys=False) if rest else "")).encode()
        if "times" in self.note:
            return self.text.encode() * int(re.sub(r"\D", "", self.note))
        text = self.text.replace("◌", "\u202e")
        if "seven signs" in self.note:
            text = re.sub(r"^[<=>]", lambda sign: sign[0] * 7, text, flags=re.MULTILINE)
        return text.encode("cp1252" if "1252" in self.note else "utf-8")


# The whole page is raw to Jinja; a message that names the end of raw text is cut there, and joined again.
END, CUT_END = "{% endraw %}", "{%{% endraw %}{% raw %} endraw %}"
SECTIONS = dict(_SECTION.findall(PAGE.read_text(encoding="utf-8").replace(CUT_END, END)))


def examples(code: str, word: str) -> list[Example]:
    return [Example(path, note, text) for kind, path, note, text in _EXAMPLE.findall(SECTIONS[code]) if kind == word]


def codes() -> set[str]:
    """Every code that the program may print, in the words of the source."""
    found = {f"{kind}-overdue" for kind in get_args(Kind)}
    for file in (ROOT / "macros").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                found |= {node.args[0].value} if name in ("Mistake", "problem", "__init__") else set()
                found |= {f"unknown-{node.args[0].value}"} if name == "find" else set()
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_unknown":
                found |= {f"unknown-{a.value.split()[-1]}" for a in node.args if isinstance(a, ast.Constant)}
    return {code for code in found if isinstance(code, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)}


def run(command: str) -> Result:
    """Run a command of the page as a reader would type it."""
    words = shlex.split(command)
    names = dict(word.split("=", 1) for word in words if "=" in word and not word.startswith("-"))
    day = {"EXPLAINERS_TODAY": None if "SOURCE_DATE_EPOCH" in names else TODAY}
    return CliRunner(env={**day, **names}).invoke(main, words[len(names) + 1 :])


def lock(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse to read a file, also to the superuser, whom no mode stops."""
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.resolve() == file.resolve():
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)


def try_out(code: str, word: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """The small project with the examples in it, checked; for a change, after the small project was committed."""
    if code == "look-again":
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Before"]):
            subprocess.run(
                ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command], cwd=folder, check=True
            )
    found = examples(code, word)
    write(folder, {example.path: example.content for example in found if example.path})
    for example in found:
        if "nobody may read" in example.note:
            lock(folder / example.path, monkeypatch)
    commands = [example.text for example in found if not example.path]
    return run(commands[0] if commands else printing(code))


def printing(code: str) -> str:
    """What prints a code."""
    if code.endswith("-overdue"):
        return "explainers due"
    return "explainers check" + " --since HEAD" * (code == "look-again")


def refused(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], 1, b"", b"gh: Resource not accessible by integration (HTTP 403)\n")


# What needs another machine to go wrong: GitHub's answer, or a tool that is not there.
ELSEWHERE: dict[str, Callable[[], object]] = {
    "bad-artifact": lambda: unpacked(zipped({"diff.json": b"{}", "notes.txt": b""})),
    "bad-diff": lambda: from_json(b'{"groups": 1}'),
    "github": lambda: api("repos/owner/name/issues", method="POST"),
    "no-gh": lambda: api("repos/owner/name/issues"),
    "no-npm": lambda: install(Path.cwd()),
}


HERE = [code for code in SECTIONS if code not in ELSEWHERE]


@pytest.mark.parametrize("code", ELSEWHERE)
def test_what_only_goes_wrong_elsewhere(code: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a job on GitHub says, or a machine without a tool, is what the page says."""
    monkeypatch.setenv("PATH", str(here))
    if code == "github":
        monkeypatch.setattr(subprocess, "run", refused)
    with pytest.raises(Mistake) as caught:
        ELSEWHERE[code]()
    said = f"{caught.value.what}. {caught.value.mend}."
    assert caught.value.code == code
    assert examples(code, "Wrong")
    assert examples(code, "Right")
    if UPDATE:
        update(code, said)
    else:
        assert _SAYS.findall(SECTIONS[code]) == [said]


def test_every_message_has_a_section() -> None:
    """No code without a section, no section without a code, and one can find it: they stand in order."""
    assert sorted(codes()) == list(SECTIONS)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, as the folder that one is in."""
    files = {FACTS: EXPLAINER, "docs/explainers/story.md": ARTICLE, "docs/about.md": "---\ntitle: About\n---\n\nWho.\n"}
    write(tmp_path, {**files, "mkdocs.yml": "site_name: Stories\n"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("code", HERE)
def test_wrong_example(code: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrong example is wrong in the way it is said to be, in the very words of the page."""
    ran = try_out(code, "Wrong", here, monkeypatch)
    said = _SAYS.findall(SECTIONS[code])
    since = ["--since", "HEAD"] if code == "look-again" else []
    if code.endswith("-overdue"):
        printed = ran.stdout.splitlines()
        assert f"title={code}::" in run("explainers due --format github").stdout
    elif any(example.path for example in examples(code, "Wrong")):
        problems = json.loads(run(shlex.join(["explainers", "check", "--format", "json", *since])).stdout)
        ours = [Problem(**{k: v for k, v in p.items() if k != "documentation"}) for p in problems if p["code"] == code]
        assert {p["documentation"] for p in problems if p["code"] == code} == {f"{DOCUMENTATION}#{code}"}
        printed = [str(problem) for problem in ours]
    else:
        printed = [ran.stderr.partition("Error: ")[2].strip()]
    if UPDATE:
        update(code, printed[0])
    else:
        assert said == printed[:1]
        assert said[0] in ran.stdout + ran.stderr
    assert ran.exit_code in (1, 2)


def update(code: str, line: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    head, opening, rest = page.partition(f"## {code}\n")
    said = f"It says:\n\n```text\n{line.replace(END, CUT_END)}\n```"
    PAGE.write_text(head + opening + _SAYS.sub(lambda _: said, rest, count=1), encoding="utf-8")


@pytest.mark.parametrize("code", HERE)
def test_right_example(code: str, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The right example has nothing wrong with it."""
    assert examples(code, "Right")
    ran = try_out(code, "Right", here, monkeypatch)
    assert ran.exit_code == 0
    assert ran.stdout == "" or not any(example.path for example in examples(code, "Right"))


def test_the_address_of_a_section(site: Path) -> None:
    """The address that editors open is this site's, and leads to the section; a reader's search does not."""
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert f"site_url: {DOCUMENTATION.removesuffix('messages/')}\n" in config
    html = (site / "messages/index.html").read_text(encoding="utf-8")
    assert [code for code in SECTIONS if f'id="{code}"' not in html] == []
    locations = [entry.location for entry in found(site)]
    assert [location for location in locations if location.startswith("messages/")] == []
    assert [location for location in locations if location.startswith("about/")]
