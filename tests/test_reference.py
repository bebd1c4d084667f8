"""What the model says about itself stays true in the files written from it."""

from __future__ import annotations

import pytest

from macros.model import Authored
from macros.reference import fields_page, files
from tests.conftest import ROOT


@pytest.mark.parametrize("path", sorted(files()))
def test_written_files_are_current(path: str) -> None:
    """The page of fields and the schemas say what the model says; `uv run explainers schema` mends them."""
    assert (ROOT / path).read_text(encoding="utf-8") == files()[path]


def models(base: type[Authored] = Authored) -> list[type[Authored]]:
    return [model for child in base.__subclasses__() for model in (child, *models(child))]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_is_explained(model: type[Authored]) -> None:
    """Nobody has to guess what to write: each field has its sentence, ending in a full stop."""
    unexplained = [name for name, info in model.model_fields.items() if not (info.description or "").endswith(".")]
    assert unexplained == [] or model.__name__.startswith("_")


def test_the_page_names_every_section() -> None:
    """A reader finds `next_steps.history` as a heading of its own."""
    assert "### Under `next_steps.history`" in fields_page()
