"""Every sentence that a comparison can say, and how its values are kept from being read as anything but text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator

SENTENCES = {
    # The whole explainer
    "explainer-added": "New explainer, {}: {}.",
    "explainer-removed": "The explainer is gone, and data/redirects.yml does not say where to. Addresses never vanish: "
    "add a redirect, or put it back.",
    "explainer-redirected": "The explainer was {} {}.",
    "lifecycle": "Lifecycle changed from {} to {}.",
    "published": "The day of publication changed from {} to {}.",
    "reviewed": "Reviewed on {}; before, {}.",
    "review-rhythm": "A review holds for {}; before, {}.",
    "review-overdue": "The review has been overdue since {}.",
    # The article
    "article-added": "The article was added.",
    "article-removed": "The article is gone.",
    "title": "Title changed from “{}” to “{}”",
    "description": "Description changed from {} to {}",
    "topics": "Topics changed from {} to {}.",
    "words": "Article text: {} added, {} removed.",
    "calls": "The words of the article are the same; its citations, components or layout changed.",
    # Assessment
    "assessed": "First assessment: {}, as of {}.",
    "assessment-moved": "Assessment moved from {} to {}, as of {}: {}.",
    "assessment-same": "Assessed again: still {}, as of {}.",
    "assessment-rewritten": "Changed or removed: {}. Assessments are only ever added.",
    # Any record
    "record-added": "{} {} added: “{}”",
    "record-changed": "{} {} changed: {}.",
    "record-removed": "{} {} removed, and data/redirects.yml does not say where it went. Ids never vanish: add a "
    "redirect, or put it back.",
    "record-redirected": "{} {} was {} {}.",
    "record-elsewhere": "{} {} left its section and stands in another one now.",
    "record-unreadable": "{} {} cannot be compared: one of its versions could not be read.",
    # Takeaways and events
    "takeaway-reworded": "Takeaway {} now says: “{}”",
    "takeaway-checked": "Takeaway {} was checked on {}.",
    "event-added": "Event {} added: {}, “{}”",
    "event-moved": "Event {} is dated {}; before, {}.",
    # Next steps
    "step-added": "Next step {} added: “{}”, expected {}, {}.",
    "step-moved": "Next step {} moved from {} to {}.",
    "step-status": "Next step {} is {}.",
    "step-resolved": "Next step {} resolved: {} (“{}”).",
    "step-result": "Next step {} now counts as {}; before, as {}.",
    "step-outcome": "The outcome of next step {} was reworked.",
    "step-reopened": "Next step {} is open again: its outcome, {}, was taken back.",
    "step-criterion": "What counts as done for next step {} changed from {} to {}",
    "step-overdue": "Next step {} has been overdue since {} and has no outcome.",
    # Obstacles
    "obstacle-added": "Obstacle {} added: “{}”, blocks {}.",
    "obstacle-status": "Obstacle {} is {}; before, {}.",
    # Stances, relations, issues, questions
    "stance-moved": "{} stance on “{}” moved from {} to {}.",
    "stance-taken": "{} stance on “{}” recorded: {}.",
    "stance-held": "{} stance on “{}” is still {}, as of {}.",
    "stance-earlier": "{} earlier stance on “{}” recorded: {}, {}.",
    "stance-edited": "{} stance on “{}”, {}, was edited.",
    "stance-removed": "{} stance on “{}”, {}, was removed.",
    "relation-added": "Relation added, {} to {}: “{}”",
    "relation-changed": "Relation of {} to {} changed: {}.",
    "relation-removed": "Relation removed, {} to {}: “{}”",
    "issue-reworded": "Issue {} now reads: “{}”",
    "question-added": "Open question added: “{}”",
    "question-removed": "Open question removed: “{}”",
    # What readers are told
    "correction": "Correction about {}: was “{}”, now “{}”",
    "revision": "Readers are told of {}: “{}”",
    "revision-minor": "Noted without telling readers: “{}”",
    "revision-rewritten": "Changed or removed: {}. Revisions are only ever added.",
    # What it rests on
    "sources-added": "{} added: {}.",
    "unsourced": "{} without any source: {}.",
    "single": "{} without a second source: {}.",
    "single-in-all": "In all, {} without a second source; before, {}.",
    "look-again": "To be read again, because what it cites changed: {}.",
    # Across explainers
    "redirect-added": "{} was {} {}.",
    "unread-before": "Before the change, {} could not be read: {}.",
    "unread-now": "After the change, {} cannot be read: {}.",
    "unread-more": "{} more in {}.",
    "unchanged": "No explainer changed.",
    "pages-changed": "In all, this changes {}: {}.",
    "pages-unchanged": "In all, this changes no page.",
    "pages-added": "It adds {}: {}.",
    "pages-removed": "It removes {}: {}.",
}

LONGEST = 300  # characters of a value; a takeaway fits
SHOWN = 12  # items of a list
Short = Annotated[str, Field(max_length=LONGEST + 1)]
Value = Short | Annotated[tuple[Short, ...], Field(max_length=10_000)]


class Sentence(BaseModel):
    """One thing that a change means: a sentence of a kind, the values that fill it in, the id it is about."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: str
    values: tuple[Value, ...] = ()
    record: Short = ""

    @model_validator(mode="after")
    def _fits(self) -> Sentence:
        if SENTENCES.get(self.kind, "").count("{}") != len(self.values) or self.kind not in SENTENCES:
            raise ValueError(f"no sentence `{self.kind}` takes {len(self.values)} values")
        return self

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The sentence in plain words."""
        return self.written(str)

    def written(self, quote: Callable[[str], str]) -> str:
        """The sentence with each value as `quote` gives it."""
        return SENTENCES[self.kind].format(*(_listed(value, quote) for value in self.values))


class Group(BaseModel):
    """Sentences about one thing: `explainers/<slug>`, `actors`, `redirects`, `unread` or `pages`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    about: Short
    title: Short
    sentences: Annotated[tuple[Sentence, ...], Field(max_length=10_000)]


class Diff(BaseModel):
    """Everything that a change means."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    groups: Annotated[tuple[Group, ...], Field(max_length=2_000)]


def say(kind: str, *values: object, record: str = "") -> Sentence:
    """A sentence of this kind. Values are cleaned: one line, nothing invisible, not too long."""
    return Sentence(kind=kind, values=tuple(_cleaned(value) for value in values), record=record)


def _cleaned(value: object) -> str | tuple[str, ...]:
    if isinstance(value, tuple | list):
        return tuple(clean(str(item)) for item in value)
    return clean(str(value))


def clean(text: str) -> str:
    """A text in one line, without control signs or marks that turn the direction of writing."""
    seen = "".join(sign if _is_seen(sign) else " " for sign in text[: 4 * LONGEST])
    line = " ".join(seen.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rstrip() + "…"


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _listed(value: str | tuple[str, ...], quote: Callable[[str], str]) -> str:
    if isinstance(value, str):
        return quote(value) if value else "nothing"
    shown = ", ".join(quote(item) for item in value[:SHOWN]) or "nothing"
    return shown if len(value) <= SHOWN else f"{shown} and {len(value) - SHOWN} more"


_HARMLESS = re.compile(r"(?:[^\W_]|[ ,;'\u2019?!…%€()])*")


def code(text: str) -> str:
    """A text as a code span of Markdown, where it can neither mention, link nor be HTML; plain words stay plain."""
    text = clean(text)
    if _HARMLESS.fullmatch(text):
        return text
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
