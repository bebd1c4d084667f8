"""What a journalist may state. Every field carries the sentence that explains it to its reader."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    PrivateAttr,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from macros import dates
from macros.dates import Edtf
from macros.files import INVISIBLE, code_point
from macros.problems import Mistake

ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def _read(reader: Any, pattern: str, examples: list[str]) -> Any:  # noqa: ANN401
    """A field written as text and read by a function that raises `Mistake`."""

    def validate(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("string_type", "expected text")
        try:
            return reader(value)
        except Mistake as mistake:
            raise PydanticCustomError("mistake", "{what}", _context(mistake)) from None

    def build(_source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            validate, metadata={"pydantic_js_functions": [lambda *_: dict(written)]}
        )

    written = {"type": "string", "pattern": pattern, "examples": examples}
    return GetPydanticSchema(build)


def _context(mistake: Mistake) -> dict[str, Any]:
    return {"code": mistake.code, "what": mistake.what, "mend": mistake.mend}


def _expected(text: str) -> Edtf | None:
    return None if text == "unknown" else dates.parse(text)


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"[\s<>\"\\]", text)


def _web_address(text: str) -> str:
    if not is_web_address(text):
        mistake = Mistake("bad-url", f"`{text}` is not a web address", "Write it whole: https://example.org/page")
        raise PydanticCustomError("mistake", "{what}", _context(mistake))
    return text


def _visible(text: str) -> str:
    if sign := INVISIBLE.search(text):
        raise PydanticCustomError("invisible_sign", "{sign}", {"sign": code_point(sign[0])})
    if not any(sign.isprintable() and not sign.isspace() for sign in text):
        raise PydanticCustomError("string_too_short", "{text}", {"text": text})
    return text


_DATE = r"\d{4}(-\d{2}(-\d{2})?)?~?"

TODO_SOURCE = "TODO source"  # stands where a draft still needs a source

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Address = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*(/[a-z][a-z0-9]*(-[a-z0-9]+)*)?$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_visible)]
SourceId = Annotated[str, StringConstraints(pattern=rf"{ID_PATTERN}|^{TODO_SOURCE}$")]
Url = Annotated[Text, AfterValidator(_web_address)]
Date = Annotated[Edtf, _read(dates.parse, rf"^{_DATE}(/({_DATE}|\.\.))?$", ["2025-10-30", "2025-10", "2025-11/.."])]
Expected = Annotated[Edtf | None, _read(_expected, rf"^({_DATE}(/({_DATE}|\.\.))?|unknown)$", ["2026-04", "unknown"])]
Day = Annotated[date, _read(dates.parse_day, r"^\d{4}-\d{2}-\d{2}$", ["2025-10-30"])]
Duration = Annotated[timedelta, _read(dates.parse_duration, r"^[1-9]\d* (day|week)s?$", ["30 days"])]

Lifecycle = Literal["draft", "live", "monitoring", "closed"]
Level = Literal["stalled", "fragile", "moving", "agreed", "collapsed"]
Change = Literal["better", "worse", "unchanged"]
Confidence = Literal["confirmed", "reported", "disputed"]
Weight = Literal["major", "minor"]
ObstacleStatus = Literal["open", "eased", "hardened", "removed"]
StepStatus = Literal["scheduled", "rescheduled", "postponed", "cancelled"]
Basis = Literal["announced", "required", "expected", "inference"]
Result = Literal["done", "partly", "not-done", "cancelled", "overtaken", "unresolvable"]
SourceKind = Literal[
    "agency", "newspaper", "broadcaster", "official", "think-tank", "law-firm",
    "fact-checker", "newsletter", "state-media", "partisan",
]  # fmt: skip
ActorKind = Literal["state", "person", "organisation", "bloc", "company"]
RevisionKind = Literal["update", "correction", "clarification"]


class Authored(BaseModel):
    """Anything written by hand: nothing in it may be misspelt, and nothing changes after it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Recorded(Authored):
    """Anything that entered the page on some day."""

    recorded: Day | None = Field(None, description="The day this site learnt of it.")


class Identified(Recorded):
    """A record: its id is the key it stands under."""

    _id: str = PrivateAttr("")

    @property
    def id(self) -> str:
        return self._id


class Sourced(Authored):
    """Anything that rests on sources."""

    sources: tuple[SourceId, ...] = Field(
        min_length=1, description="Ids from `sources`; two independent ones are better."
    )


class Account(Sourced):
    """What one side of a dispute says."""

    by: Text = Field(description="Who says so: an actor's id or a name.")
    says: Text = Field(description="What they say, in our words.")


class Attested(Sourced):
    """A statement with its sources and how firm they make it."""

    confidence: Confidence | None = Field(
        None, description="confirmed by two independent sources, reported by one, or disputed between them."
    )
    accounts: tuple[Account, ...] = Field((), description="For a disputed record: who says what, at least two.")


class Record(Attested, Identified):
    """A record with sources."""


class Assessment(Attested):
    """Where the story stands on a day, in our judgement."""

    as_of: Day = Field(description="The day it was judged.")
    level: Level = Field(description="stalled, fragile, moving, agreed or collapsed.")
    change: Change = Field(description="Against the entry before: better, worse or unchanged.")
    because: Text = Field(description="One sentence that justifies the level.")


class Takeaway(Record):
    """One thing to remember."""

    text: Text = Field(description="One or two plain sentences.")
    checked: Day | None = Field(None, description="When it was last read against the records it rests on.")


class Part(Record):
    """An actor's part in this story."""

    role: Text = Field(description="What they are in this story.")
    wants: Text | None = Field(None, description="What they want out of it.")
    position: Text | None = Field(None, description="What they say they would accept.")
    leverage: Text | None = Field(None, description="What they can move others with.")
    limits: Text | None = Field(None, description="What holds them back.")


class Relation(Attested, Recorded):
    """What one actor does to another."""

    from_: Id = Field(alias="from", description="The actor it comes from.")
    to: Id = Field(description="The actor it goes to.")
    kind: Id = Field(description="One word: trade, support, pressure, war, talks, finance, law.")
    text: Text = Field(description="A short verb phrase: buys discounted oil.")


class Stance(Attested, Recorded):
    """What an actor held on an issue from a date on; the newest wins."""

    actor: Id = Field(description="An id from `actors`.")
    issue: Id = Field(description="An id from `issues`.")
    position: Text = Field(description="One to three words: refuses, noncommittal, supports.")
    on: Date = Field(description="When they said or showed it.")
    says: Text = Field(description="What they said or did, in our words.")


class Event(Record):
    """Something that happened."""

    date: Date = Field(description="When it happened, as precisely as the source says and no more.")
    title: Text = Field(description="A headline of at most 60 characters.")
    text: Text | None = Field(None, description="What happened, in one to three sentences.")
    actors: tuple[Id, ...] = Field((), description="Ids from `actors` that took part.")
    weight: Weight = Field("minor", description="major for a turning point, else minor.")
    also: tuple[Id, ...] = Field((), description="Slugs of other explainers whose timelines show it too.")


class ObstacleState(Attested):
    """How an obstacle stood from a day on."""

    on: Day = Field(description="From which day.")
    status: ObstacleStatus = Field(description="open, eased, hardened or removed.")
    because: Text = Field(description="What shows it.")


class Obstacle(Identified):
    """What stands in the way of a next step."""

    title: Text = Field(description="The obstacle in a few words.")
    text: Text | None = Field(None, description="Why it is hard, in one to three sentences.")
    held_by: tuple[Id, ...] = Field((), description="Ids from `actors`: who could remove it.")
    blocks: tuple[Id, ...] = Field(description="Ids of next steps, or of obstacles that cannot go before it.")
    removed_when: Text | None = Field(None, description="What would count as removal.")
    history: tuple[ObstacleState, ...] = Field((), description="How it stood since when, oldest first.")


class StepState(Attested):
    """What was expected of a next step from a day on."""

    on: Day = Field(description="From which day.")
    status: StepStatus = Field(description="scheduled, rescheduled, postponed or cancelled.")
    expected: Expected = Field(None, description="The date expected from that day on, or unknown.")
    because: Text = Field(description="What shows it.")


class Outcome(Attested):
    """How a next step turned out."""

    on: Day = Field(description="The day it was decided or seen.")
    result: Result = Field(description="done, partly, not-done, cancelled, overtaken or unresolvable.")
    text: Text = Field(description="What came of it.")


class NextStep(Identified):
    """Something that is expected, with what would count as done, written before the date."""

    title: Text = Field(description="What is to happen, in a few words.")
    by: tuple[Id, ...] = Field((), description="Ids from `actors`: who is to do it.")
    expected: Expected = Field(description="A date, a span, or unknown.")
    basis: Basis = Field(description="announced, required by rule, expected by others, or our inference.")
    done_when: Text | None = Field(None, description="What counts as done, written before the date.")
    history: tuple[StepState, ...] = Field((), description="What was expected since when, oldest first.")
    outcome: Outcome | None = Field(None, description="How it turned out; left out while nothing is known.")


class Source(Identified):
    """A page that a fact rests on."""

    title: Text = Field(description="The page's title.")
    publisher: Text = Field(description="Who published it.")
    url: Url = Field(description="Its web address.")
    published: Date | None = Field(None, description="When it was published.")
    accessed: Day | None = Field(None, description="When it was last read.")
    kind: SourceKind = Field(description="What sort of publisher it is.")
    lang: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        "en", description="Its language, as a BCP 47 tag: en, de, zh-Hans."
    )
    archived: Url | None = Field(None, description="Where a copy is kept.")
    derives_from: Id | None = Field(None, description="The source in this file whose report it repeats.")


class Revision(Authored):
    """A change to this explainer that its readers should know of."""

    on: Day = Field(description="The day of the change.")
    level: Weight = Field(description="major is announced to readers, minor is not.")
    kind: RevisionKind = Field(description="update, correction or clarification.")
    about: tuple[Id, ...] = Field((), description="Ids of the records that changed.")
    text: Text = Field(description="What changed, in a sentence.")
    was: Text | None = Field(None, description="For a correction: what the page said.")
    now: Text | None = Field(None, description="For a correction: what it says now.")


class Question(Recorded):
    """Something that is not known; a text alone will do."""

    text: Text = Field(description="The question, in one to three sentences.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: object) -> object:
        return {"text": data} if isinstance(data, str) else data

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(schema)]}


SECTIONS = ("takeaways", "actors", "timeline", "obstacles", "next_steps", "sources")


def _ids_only(schema: dict[str, Any]) -> None:
    """Pydantic says in JSON Schema which keys have records, but not that there are no others."""
    for section in schema["properties"].values():
        if "patternProperties" in section:
            section["additionalProperties"] = False


class Explainer(Authored):
    """The facts of one explainer."""

    model_config = ConfigDict(json_schema_extra=_ids_only)

    lifecycle: Lifecycle = Field("live", description="draft, live, monitoring or closed.")
    published: Day | None = Field(None, description="The day readers first saw it.")
    reviewed: Day | None = Field(None, description="When someone last held the whole page against the world.")
    review_every: Duration | None = Field(None, description="How long a review lasts: 30 days.")
    assessment: tuple[Assessment, ...] = Field((), description="Where it stands, newest last; only ever added to.")
    takeaways: dict[Id, Takeaway] = Field(min_length=1, description="What to remember.")
    actors: dict[Id, Part] = Field({}, description="Who takes part; keys are file names in data/actors/.")
    relations: tuple[Relation, ...] = Field((), description="What the actors do to each other.")
    issues: dict[Id, Text] = Field({}, description="What the actors disagree about, as questions.")
    stances: tuple[Stance, ...] = Field((), description="Who held what on which issue, and when.")
    timeline: dict[Id, Event] = Field(min_length=1, description="What happened.")
    obstacles: dict[Id, Obstacle] = Field({}, description="What stands in the way.")
    next_steps: dict[Id, NextStep] = Field({}, description="What is expected.")
    open_questions: tuple[Question, ...] = Field((), description="What is not known.")
    sources: dict[Id, Source] = Field(min_length=1, description="What it rests on.")
    revisions: tuple[Revision, ...] = Field((), description="What changed on the page, oldest first.")

    @model_validator(mode="after")
    def _name_records(self) -> Explainer:
        for section in SECTIONS:
            _name(getattr(self, section))
        return self

    @property
    def records(self) -> dict[str, Identified]:
        """Every record by its id, in the order of the sections."""
        return {id_: record for section in SECTIONS for id_, record in getattr(self, section).items()}


class Incomplete(Explainer):
    """What is left of an explainer without its mistakes: no section need be there."""

    takeaways: dict[Id, Takeaway] = Field({}, description="What to remember.")
    timeline: dict[Id, Event] = Field({}, description="What happened.")
    sources: dict[Id, Source] = Field({}, description="What it rests on.")


def in_order(model: type[BaseModel]) -> list[str]:
    """The names of a model's fields as a careful person writes them: its own first, then what it rests on."""
    own = inspect.get_annotations(model)
    names = sorted(model.model_fields, key=lambda name: name not in own)
    return [model.model_fields[name].alias or name for name in names]


def models(base: type[BaseModel] = Authored) -> list[type[BaseModel]]:
    """Every model in this module."""
    return [model for child in base.__subclasses__() for model in (child, *models(child))]


def _name(records: Mapping[str, Identified]) -> None:
    for id_, record in records.items():
        record._id = id_


def walk(item: Authored, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Authored]]:
    """The item and everything written inside it, each with the path that leads to it."""
    yield loc, item
    for name in type(item).model_fields:
        value = getattr(item, name)
        if isinstance(value, Authored | dict | tuple):
            yield from _walk_value(value, (*loc, name))


def _walk_value(value: object, loc: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Authored]]:
    if isinstance(value, Authored):
        yield from walk(value, loc)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(item, str):
                yield from _walk_value(item, (*loc, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if not isinstance(item, str):
                yield from _walk_value(item, (*loc, index))


class Actor(Authored):
    """Who an actor is, in every story."""

    name: Text = Field(description="The name readers know.")
    kind: ActorKind = Field(description="state, person, organisation, bloc or company.")
    summary: Text = Field(description="Who they are, in one sentence.")
    represents: Id | None = Field(None, description="The actor they speak for.")
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = Field(
        None, description="Their Wikidata item: Q148."
    )
    _id: str = PrivateAttr("")

    @property
    def id(self) -> str:
        return self._id


class Redirect(Authored):
    """Where something went that has moved."""

    from_: Address = Field(alias="from", description="The old slug, actor id, or slug/record-id.")
    kind: Literal["moved", "split", "merged"] = Field(description="moved, split or merged.")
    to: tuple[Address, ...] = Field(min_length=1, description="What stands in its place.")


class FrontMatter(Authored):
    """The head of an article."""

    title: Text = Field(description="The reader's question.")
    description: Text | None = Field(None, description="One sentence that answers it.")
    tags: tuple[Text, ...] = Field((), description="Topics.")
