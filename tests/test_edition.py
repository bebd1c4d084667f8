"""The library of all explainers on a day, and after an edit of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from macros.edition import Library
from macros.proofread import proofread
from tests.conftest import ARTICLE, EXPLAINER, write

DAY = date(2026, 7, 4)
FACTS = EXPLAINER.replace("sources: [s-one]}\nsources", "sources: [s-one], actors: [china], also: [story]}\nsources")
FILE = "data/explainers/other.yml"


def library(root: Path) -> Library:
    return proofread(root, DAY).library


def who_is_named(of: Library) -> tuple[object, ...]:
    """What the library says of all explainers together."""
    shared = [(home.slug, home.library is of, event) for home, event in of.shared_events("story")]
    return [[edition.slug for edition in of.naming(id_)] for id_ in ("china", "india")], shared, of.first_day


EDITS = {
    "nothing of the kind": ("The sky is blue", "The sky is grey"),
    "a name": ("actors: [china]", "actors: [india]"),
    "a name more": ("actors: [china]", "actors: [china, india]"),
    "an event for others": (", also: [story]", ""),
    "the text of an event for others": ("A thing happened", "A thing occurred"),
    "its first day": ("takeaways:", "published: 2025-01-01\ntakeaways:"),
    "a draft": ("takeaways:", "lifecycle: draft\ntakeaways:"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_is_like_reading_all_again(project: Path, edit: tuple[str, str]) -> None:
    """Who is named where, which events are shared and when it all began, whatever was kept from before."""
    actors = {f"data/actors/{id_}.yml": f"{{name: {id_}, kind: state, summary: One.}}" for id_ in ("china", "india")}
    write(project, {**actors, FILE: FACTS, "docs/explainers/other.md": ARTICLE})
    before = library(project)
    assert who_is_named(before) == (
        [["other"], []],
        [("other", True, before.explainers["other"].timeline["e-one"])],
        DAY,
    )
    assert edit[0] in FACTS
    write(project, {FILE: FACTS.replace(*edit)})
    again = library(project)
    after = before.edited(again.explainers, again.actors, again.articles, {"other"})
    assert who_is_named(after) == who_is_named(again)


def test_what_stays_the_same_is_not_looked_up_again(project: Path) -> None:
    """An edit of text alone leaves every other explainer unopened."""
    before = library(project)
    who_is_named(before)
    after = before.edited(before.explainers, before.actors, before.articles, {"story"})
    who_is_named(after)
    assert "editions" not in after.__dict__
