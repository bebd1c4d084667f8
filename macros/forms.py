"""The forms for issues on GitHub, with the explainers, sections and words that there are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import yaml

from macros.articles import load_articles
from macros.load import load
from macros.model import ActorKind, Basis, Result, SourceKind, Stance

FOLDER = ".github/ISSUE_TEMPLATE"
_HEAD = "# Written by `uv run explainers schema`.\n"
_OTHER = "Another page of the site"
_SECTIONS = {
    "takeaways": "A takeaway",
    "actors": "An actor's part",
    "relations": "A relation between actors",
    "stances": "A stance",
    "timeline": "An event",
    "obstacles": "An obstacle",
    "next_steps": "A next step",
    "sources": "A source",
}
_RULES = (
    "In your own words, please; a quotation only as a short fragment with its speaker. "
    "A date no more exact than its source. What cannot be sourced cannot be published."
)


def files(root: Path) -> dict[str, str]:
    """Each form's path below the project's root, and its text."""
    explainers = _explainers(root)
    forms = {
        "correction": correction(explainers),
        "new-fact": new_fact(explainers),
        "new-explainer": new_explainer(explainers),
    }
    written = {f"{FOLDER}/{name}.yml": form for name, form in forms.items()}
    written[f"{FOLDER}/config.yml"] = {"blank_issues_enabled": True}
    return {path: _HEAD + _as_yaml(form) for path, form in written.items()}


def _explainers(root: Path) -> list[str]:
    """The published explainers as readers know them, with the name of their files."""
    articles = load_articles(root).by_slug
    public = {slug for slug, facts in load(root).explainers.items() if facts.lifecycle != "draft"}
    return [f"{articles[slug].front.title} ({slug})" for slug in sorted(public & set(articles))]


def correction(explainers: list[str]) -> dict[str, Any]:
    """What is wrong, where, and what shows it. A link may fill in `page` and `record`."""
    return _form(
        "Correction",
        "Something on a page is wrong.",
        "correction",
        [
            _line("page", "Which page?", "Its address, with https:// before it.", required=True),
            _line("record", "Which record?", "The word after # in its link, if you have it, such as e-busan."),
            _choice("section", "What is it?", [*_SECTIONS.values(), "The text", "Something else"]),
            _text("wrong", "What does the page say?", "", required=True),
            _text("right", "What is right?", _RULES, required=True),
            _text("sources", "What shows it?", "The address of each source, one a line.", required=True),
            _choice("explainer", "Which explainer?", [*explainers, _OTHER]),
        ],
    )


def new_fact(explainers: list[str]) -> dict[str, Any]:
    """A fact that a page lacks, with its source."""
    return _form(
        "New fact",
        "Something happened, moved or turned out that a page does not say.",
        "new fact",
        [
            _choice("explainer", "Which explainer?", [*explainers, _OTHER], required=True),
            _choice("section", "What is it?", [*_SECTIONS.values()], required=True),
            _text("fact", "What is the fact?", _RULES, required=True),
            _line("date", "When was it?", "As exactly as the source says: 2025-10-30, or 2025-10.", required=True),
            _line("source", "Where is that said?", "Its address, with https:// before it.", required=True),
            _line("publisher", "Who published it?", ""),
            _choice("kind", "What sort of publisher is it?", get_args(SourceKind)),
            _line("second", "Does another, independent source say so too?", "Its address, with https:// before it."),
            _choice("basis", "For a next step: on what does it rest?", get_args(Basis)),
            _choice("result", "For a next step that is over: how did it turn out?", get_args(Result)),
            _line("position", "For a stance: what is the position?", Stance.model_fields["position"].description or ""),
        ],
    )


def new_explainer(explainers: list[str]) -> dict[str, Any]:
    """A story that the site should explain."""
    return _form(
        "New explainer",
        "A story that is still moving, and that the site does not explain yet.",
        "new explainer",
        [
            _line(
                "question",
                "What is the reader's question?",
                "As a reader would ask it: Will the truce last?",
                required=True,
            ),
            _text("why", "Why is it open, and what could settle it?", _RULES, required=True),
            _text("actors", "Who takes part?", f"One a line: {', '.join(get_args(ActorKind))}.", required=True),
            _text("next", "What is expected next, and when?", "", required=False),
            _text("sources", "Where would one start to read?", "The address of each source.", required=True),
            _choice("near", "Which explainers are close to it?", explainers or [_OTHER], multiple=True),
        ],
    )


def _form(name: str, description: str, label: str, body: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "description": description, "title": f"{name}: ", "labels": [label], "body": body}


def _line(id_: str, label: str, help_: str, *, required: bool = False) -> dict[str, Any]:
    return _field("input", id_, label, help_, required)


def _text(id_: str, label: str, help_: str, *, required: bool) -> dict[str, Any]:
    return _field("textarea", id_, label, help_, required)


def _choice(
    id_: str, label: str, options: Iterable[str], *, required: bool = False, multiple: bool = False
) -> dict[str, Any]:
    return _field("dropdown", id_, label, "", required, options=list(options), multiple=multiple)


def _field(kind: str, id_: str, label: str, help_: str, required: bool, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    attributes = {"label": label, "description": help_, **more}
    written = {name: value for name, value in attributes.items() if value}
    return {"type": kind, "id": id_, "attributes": written, "validations": {"required": required}}


def _as_yaml(form: dict[str, Any]) -> str:
    return yaml.safe_dump(form, sort_keys=False, allow_unicode=True, width=120)
