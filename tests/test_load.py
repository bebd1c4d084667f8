"""From YAML to the model."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from yaml import BaseLoader, load

from macros.load import load as load_data
from macros.model import Actor, Explainer
from tests.conftest import EXPLAINER, ROOT, write

RICH = EXPLAINER + (ROOT / "tests/golden/rich.yml").read_text(encoding="utf-8")
CHINA = "name: China\nkind: state\nsummary: A state.\nwikidata: Q148\n"


def test_a_rich_explainer(tmp_path: Path) -> None:
    """Every section is read, each record knows its id, and each value has its type."""
    write(tmp_path, {"data/explainers/story.yml": RICH, "data/actors/china.yml": CHINA})
    loaded = load_data(tmp_path)
    assert loaded.problems == []
    story = loaded.explainers["story"]
    assert (story.published, story.review_every) == (date(2025, 10, 27), timedelta(days=30))
    assert list(story.records) == ["t-one", "china", "e-one", "o-one", "n-one", "s-one"]
    assert all(record.id == id_ for id_, record in story.records.items())
    assert story.next_steps["n-one"].expected == story.next_steps["n-one"].history[0].expected
    assert loaded.actors["china"].id == "china"


def test_mistaken_records_are_left_out(tmp_path: Path) -> None:
    """One wrong record does not hide the others: everything else can be previewed and checked."""
    wrong = RICH.replace("timeline:\n", "timeline:\n  e-two: {date: soon, title: A thing, sources: [s-one]}\n")
    write(tmp_path, {"data/explainers/story.yml": wrong, "data/actors/china.yml": CHINA})
    loaded = load_data(tmp_path)
    assert [problem.code for problem in loaded.problems] == ["bad-date"]
    assert list(loaded.explainers["story"].timeline) == ["e-one"]
    assert loaded.documents["data/explainers/story.yml"].keys("timeline") == ["e-two", "e-one"]


def test_nothing_to_load(tmp_path: Path) -> None:
    """An empty project has no explainers and no problems."""
    loaded = load_data(tmp_path)
    assert (loaded.explainers, loaded.actors, loaded.redirects, loaded.problems) == ({}, {}, (), [])


def test_redirects(tmp_path: Path) -> None:
    """Ids that moved are a list."""
    write(tmp_path, {"data/redirects.yml": "- {from: old, kind: split, to: [one, two]}\n"})
    (redirect,) = load_data(tmp_path).redirects
    assert (redirect.from_, redirect.kind, redirect.to) == ("old", "split", ("one", "two"))


def test_schemas_are_valid() -> None:
    """Editors get JSON Schema 2020-12, and it accepts what we accept."""
    for model in (Explainer, Actor):
        Draft202012Validator.check_schema(model.model_json_schema())
    explainer = Draft202012Validator(Explainer.model_json_schema())
    assert list(explainer.iter_errors(load(RICH, BaseLoader))) == []  # noqa: S506 - only strings come of it
    assert list(Draft202012Validator(Actor.model_json_schema()).iter_errors(load(CHINA, BaseLoader))) == []  # noqa: S506


def test_schemas_refuse_what_we_refuse() -> None:
    """A misspelt key, a missing section, an id that is none, a date that is none and a word that is no choice."""
    explainer = Draft202012Validator(Explainer.model_json_schema())
    for before, after in (
        ("lifecycle:", "lifecicle:"),
        ("takeaways:", "issues:"),
        ("e-one:", "E_One:"),
        ("date: 2025-10-30", "date: soon"),
        ("level: stalled", "level: stuck"),
        ("sources: [s-one]", "sources: []"),
        ("review_every: 30 days", "review_every: a month"),
    ):
        assert before in RICH
        wrong = load(RICH.replace(before, after, 1), BaseLoader)  # noqa: S506
        assert list(explainer.iter_errors(wrong)), after


def test_what_is_read_cannot_be_changed(tmp_path: Path) -> None:
    """Facts are frozen: what a page shows is what the file says."""
    write(tmp_path, {"data/explainers/story.yml": EXPLAINER})
    story = load_data(tmp_path).explainers["story"]
    with pytest.raises(ValueError, match="frozen"):
        story.takeaways["t-one"].text = "The sky is red."  # type: ignore[misc]
