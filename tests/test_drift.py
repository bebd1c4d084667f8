"""Sentences and takeaways that cite what has changed since, in a real git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import EXPLAINER, run, write

FACTS = (
    EXPLAINER
    + """\
  s-two: {title: Another, publisher: An agency, url: https://example.org/two, kind: agency}
next_steps:
  n-one:
    title: A meeting
    expected: 2026-09
    basis: announced
    history: [{on: 2025-11-01, status: scheduled, expected: 2026-09, because: They said so., sources: [s-two]}]
"""
)
ARTICLE = """\
---
title: What happened?
---

A thing happened.{{ cite("s-one") }} They will meet: {{ step("n-one") }}. Nobody
knows why.{{ cite("s-two") }}

{{ takeaways() }}

{{ timeline() }}

{{ next_steps() }}

{{ sources() }}
"""


@pytest.fixture
def repository(project: Path) -> Path:
    """The small project, committed."""
    write(project, {"data/explainers/story.yml": FACTS, "docs/explainers/story.md": ARTICLE})
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "The story as it was"]):
        subprocess.run([*git, *command], cwd=project, check=True)
    return project


def change(project: Path, path: str, before: str, after: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert before in text
    write(project, {path: text.replace(before, after)})


def lines(project: Path) -> list[str]:
    """What `explainers check --since HEAD` prints."""
    ran = run(project, "explainers", "check", "--since", "HEAD")
    assert ran.returncode == bool(ran.stdout)
    return ran.stdout.splitlines()


DATA, DOCS = "data/explainers/story.yml", "docs/explainers/story.md"


def test_nothing_changed(repository: Path) -> None:
    """Without a change there is nothing to look at again."""
    assert lines(repository) == []


def test_a_step_moved(repository: Path) -> None:
    """The sentence that names the step is listed, and the one that cites what the step rests on, with their places."""
    change(repository, DATA, "2026-09", "2026-10")
    assert lines(repository) == [
        "docs/explainers/story.md:5:38: “They will meet …” cites `n-one`, changed since. "
        "Read it again; when it still holds, name the record in a revision.",
        "docs/explainers/story.md:5:75: “Nobody knows why …” cites `s-two`, changed since. "
        "Read it again; when it still holds, name the record in a revision.",
    ]


def test_an_event_was_reworded(repository: Path) -> None:
    """The takeaway that rests on the same source is listed at its text, like the sentence that cites that source."""
    change(repository, DATA, "A thing happened,", "Another thing happened,")
    assert [line.split(": ")[0] for line in lines(repository)] == [f"{DATA}:2:17", f"{DOCS}:5:1"]
    assert "`e-one` changed since this was checked. Read `t-one` against it" in lines(repository)[0]


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (DATA, "blue., sources", "blue., checked: 2026-07-04, sources"),
        (DATA, "The sky is blue.", "The sky was blue."),
        (
            DATA,
            "takeaways:",
            "revisions: [{on: 2026-07-04, level: minor, kind: update, about: [t-one], text: So.}]\ntakeaways:",
        ),
    ],
    ids=["checked", "reworded", "named in a revision"],
)
def test_a_takeaway_that_was_looked_at(repository: Path, path: str, before: str, after: str) -> None:
    """Setting `checked:`, rewording it or naming it in a revision shows that somebody looked."""
    change(repository, DATA, "A thing happened,", "Another thing happened,")
    change(repository, path, before, after)
    assert [line.split(": ")[0] for line in lines(repository)] == [f"{DOCS}:5:1"]


def test_a_revision_that_names_the_record(repository: Path) -> None:
    """A revision about the record says that the page was gone through."""
    change(repository, DATA, "A thing happened,", "Another thing happened,")
    revision = "revisions: [{on: 2026-07-04, level: major, kind: update, about: [e-one], text: It was another.}]\n"
    change(repository, DATA, "takeaways:", f"{revision}takeaways:")
    assert lines(repository) == []


def test_a_sentence_that_was_reworded(repository: Path) -> None:
    """Somebody has just written it: only the others are listed."""
    change(repository, DATA, "2026-09", "2026-10")
    change(repository, DOCS, "They will meet", "They may meet")
    assert [line.split(": ")[0] for line in lines(repository)] == [f"{DOCS}:5:74"]


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD:data"])
def test_an_unknown_revision(repository: Path, revision: str) -> None:
    """A name that git does not know is a usage error, in a sentence."""
    ran = run(repository, "explainers", "check", f"--since={revision}")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"git knows no revision `{revision}` here" in ran.stderr


def test_no_repository(project: Path) -> None:
    """Outside a repository there is nothing to compare with, and the message says so."""
    ran = run(project, "explainers", "check", "--since", "main")
    assert ran.returncode == 2
    assert "git knows no revision `main` here" in ran.stderr
