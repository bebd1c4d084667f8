"""What programs get: read back with their own parsers, and held against the facts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator
from yaml import CBaseLoader, load

from macros import dates
from macros.edition import Library
from macros.proofread import proofread
from macros.publish import Site, files, json_ld
from tests.conftest import ARTICLE, EXPLAINER, ROOT, write

SITE = Site("A site", "https://example.org/", "About things.")
RICH = (ROOT / "tests/golden/rich.yml").read_text(encoding="utf-8")
ACTOR = "name: China\nkind: state\nsummary: A state.\nwikidata: Q148\n"
STEP = """\
next_steps:
  n-one:
    title: A meeting, of sorts
    by: [china]
    basis: announced
"""
SCHEDULED = "{on: 2025-11-01, status: scheduled, expected: 2026-04, because: They said so., sources: [s-one]}"
MOVED = "{on: 2026-03-25, status: rescheduled, expected: 2026-05-14/2026-05-15, because: A war., sources: [s-one]}"
OFF = "{on: 2026-05-01, status: cancelled, because: They fell out., sources: [s-one]}"


def library(folder: Path, facts: str, today: str = "2026-07-04") -> Library:
    """A project with these facts added to the smallest explainer; nothing in it is wrong."""
    write(
        folder,
        {
            "data/explainers/story.yml": EXPLAINER + facts,
            "data/actors/china.yml": ACTOR,
            "docs/explainers/story.md": ARTICLE,
        },
    )
    proof = proofread(folder, dates.parse_day(today))
    assert proof.problems == ()
    return proof.library


def published(folder: Path, facts: str, today: str = "2026-07-04") -> dict[str, bytes]:
    return dict(files(library(folder, facts, today), SITE))


def step(*history: str, expected: str, outcome: str = "") -> str:
    """The facts of one next step with this history."""
    lines = [STEP, f"    expected: {expected}\n", f"    history: [{', '.join(history)}]\n"]
    lines += [f"    outcome: {outcome}\n"] if outcome else []
    return "published: 2025-10-27\nactors:\n  china: {role: Buyer, sources: [s-one]}\n" + "".join(lines)


def events(folder: Path, facts: str, today: str) -> list[Any]:
    return list(Calendar.from_ical(published(folder, facts, today)["explainers/story/next.ics"]).walk("VEVENT"))


def test_a_month_is_a_tentative_span(tmp_path: Path) -> None:
    """A step expected in April is an all-day event of the whole of April, and says that it is not sure."""
    (event,) = events(tmp_path, step(SCHEDULED, expected="2026-04"), "2026-03-01")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 4, 1), date(2026, 5, 1))
    assert (event["STATUS"], event["SEQUENCE"]) == ("TENTATIVE", 0)
    assert event["UID"] == "n-one.story@example.org"
    assert event["DTSTAMP"].dt == datetime(2025, 11, 1, tzinfo=UTC)
    assert event["URL"] == "https://example.org/explainers/story/#n-one"


def test_a_reschedule_is_the_same_event_moved(tmp_path: Path) -> None:
    """Subscribers see the old entry move: same UID, higher SEQUENCE, newer stamp."""
    (event,) = events(tmp_path, step(SCHEDULED, MOVED, expected="2026-05-14/2026-05-15"), "2026-04-01")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 5, 14), date(2026, 5, 16))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 1)
    assert event["UID"] == "n-one.story@example.org"
    assert event["DTSTAMP"].dt == datetime(2026, 3, 25, tzinfo=UTC)


@pytest.mark.parametrize(("today", "kept"), [("2026-05-02", True), ("2026-07-30", True), ("2026-07-31", False)])
def test_a_cancellation_stays_for_90_days(tmp_path: Path, today: str, kept: bool) -> None:
    """What was called off stays in the calendar, marked, until every subscriber has seen it."""
    found = events(tmp_path, step(SCHEDULED, OFF, expected="2026-04"), today)
    assert [(event["STATUS"], event["SEQUENCE"]) for event in found] == [("CANCELLED", 1)] * kept


def test_an_outcome_is_told(tmp_path: Path) -> None:
    """A step that is done says so, and keeps its day."""
    outcome = "{on: 2026-05-15, result: partly, text: They met., sources: [s-one]}"
    (event,) = events(tmp_path, step(SCHEDULED, expected="2026-04", outcome=outcome), "2026-05-16")
    assert event["DESCRIPTION"].startswith("Partly done, 15 May 2026.")
    assert "They met." in event["DESCRIPTION"]
    assert event["DTSTAMP"].dt == datetime(2026, 5, 15, tzinfo=UTC)


def test_no_day_is_invented(tmp_path: Path) -> None:
    """A step without a date, or with one that never ends, is in no calendar."""
    for expected in ("unknown", "2026-04/.."):
        history = SCHEDULED.replace("2026-04", expected)
        assert events(tmp_path, step(history, expected=expected), "2026-04-02") == []


def test_overdue_is_said(tmp_path: Path) -> None:
    """April is overdue on 1 May, not on 30 April."""
    facts = step(SCHEDULED, expected="2026-04")
    said = [events(tmp_path, facts, today)[0]["DESCRIPTION"].split("\n")[0] for today in ("2026-04-30", "2026-05-01")]
    assert said == ["Due by the end of April 2026.", "Overdue since 1 May 2026, no outcome recorded."]


STANCES = """\
issues: {press: Should anyone press?}
stances:
  - {actor: china, issue: press, position: silent, on: 2025-10-31, says: Nothing., sources: [s-one]}
  - {actor: china, issue: press, position: speaks, on: 2025-12-01, says: "A word & more.", sources: [s-one]}
"""
REVISIONS = """\
revisions:
  - {on: 2025-11-04, level: major, kind: correction, about: [n-one], text: We erred., was: May, now: April}
  - {on: 2025-11-05, level: minor, kind: update, text: A comma.}
"""
OUTCOME = "{on: 2026-05-15, result: partly, text: They met., sources: [s-one]}"
FULL = step(SCHEDULED, expected="2026-04", outcome=OUTCOME) + STANCES + REVISIONS


@pytest.mark.parametrize("folder", ["", "explainers/story/", "actors/china/"])
def test_feeds_tell_what_is_new(tmp_path: Path, folder: str) -> None:
    """One entry for each major revision, outcome and moved position, newest first; minor changes never."""
    made = published(tmp_path, FULL)
    atom, feed = feedparser.parse(made[f"{folder}feed.xml"]), json.loads(made[f"{folder}feed.json"])
    assert not atom.bozo
    titles = [
        "Partly done: A meeting, of sorts",
        "China on “Should anyone press?”: speaks, before silent",
        "Correction: What happened?",
    ]
    assert [entry.title for entry in atom.entries] == titles == [item["title"] for item in feed["items"]]
    assert [entry.id for entry in atom.entries] == [item["id"] for item in feed["items"]]
    assert [entry.updated[:10] for entry in atom.entries] == ["2026-05-15", "2025-12-01", "2025-11-04"]
    assert atom.feed.updated == "2026-05-15T00:00:00Z"
    assert atom.entries[1].summary == "A word & more."
    assert atom.entries[2].summary == "We erred.\n\nWas: May\n\nNow: April"
    assert atom.entries[0].id == "tag:example.org,2025-10-27:story/n-one/outcome"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"


DISPUTED = (
    "{on: 2026-05-15, result: partly, text: They met or not., sources: [s-one], confidence: disputed, accounts: "
    "[{by: china, says: We met., sources: [s-one]}, {by: A guard, says: Nobody came., sources: [s-one]}]}"
)


def test_a_dispute_has_its_sides_everywhere(tmp_path: Path) -> None:
    """Whoever reads a feed or a calendar instead of the page reads both accounts too."""
    made = published(tmp_path, step(SCHEDULED, expected="2026-04", outcome=DISPUTED))
    texts = [
        feedparser.parse(made["feed.xml"]).entries[0].summary,
        json.loads(made["feed.json"])["items"][0]["content_text"],
    ]
    texts.append(json.loads(made["api/v1/changes.json"])["changes"][0]["text"])
    texts.append(str(Calendar.from_ical(made["next.ics"]).walk("VEVENT")[0]["DESCRIPTION"]))
    for text in texts:
        assert "They met or not." in text
        assert "China: We met." in text
        assert "A guard: Nobody came." in text


def test_a_month_is_no_day_in_a_feed(tmp_path: Path) -> None:
    """A feed needs a day for each entry; where the source gives a month, the text says so."""
    atom = feedparser.parse(published(tmp_path, FULL.replace("on: 2025-12-01", "on: 2025-12"))["feed.xml"])
    assert atom.entries[1].summary == "December 2025: A word & more."


@pytest.mark.parametrize("begun", ["published: 2025-10-27\n", ""])
def test_identifiers_stay(tmp_path: Path, begun: str) -> None:
    """Ids and stamps depend on the facts alone: a later day changes none of them, even if none of publication is said."""
    facts = FULL.replace("published: 2025-10-27\n", begun)
    early, late = (published(tmp_path, facts, today) for today in ("2026-07-04", "2027-01-01"))
    for path in ("feed.xml", "feed.json", "explainers/story/feed.xml", "api/v1/changes.json"):
        assert early[path].replace(b"2026-07-04", b"") == late[path].replace(b"2027-01-01", b""), path


def test_nothing_to_tell(tmp_path: Path) -> None:
    """A new site has feeds without entries, dated by its first publication, and an empty calendar."""
    made = published(tmp_path, "published: 2025-10-27\n")
    atom = feedparser.parse(made["feed.xml"])
    assert (atom.bozo, atom.entries, atom.feed.updated) == (False, [], "2025-10-27T00:00:00Z")
    assert Calendar.from_ical(made["next.ics"]).walk("VEVENT") == []


@pytest.mark.parametrize("name", ["explainer", "actor"])
def test_answers_and_data_satisfy_the_published_schema(tmp_path: Path, name: str) -> None:
    """What the API says and what people write are valid by one schema, whose computed fields are read-only."""
    made = published(tmp_path, RICH)
    schema = json.loads(made[f"schema/{name}.json"])
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    answer = {"explainer": "api/v1/explainers/story.json", "actor": "api/v1/actors/china.json"}[name]
    data = {"explainer": EXPLAINER + RICH, "actor": ACTOR}[name]
    assert list(validator.iter_errors(json.loads(made[answer]))) == []
    assert list(validator.iter_errors(load(data, CBaseLoader))) == []  # noqa: S506 - only strings come of it
    assert list(validator.iter_errors({**json.loads(made[answer]), "addres": ""}))
    assert schema["properties"]["address"]["readOnly"] is True


def test_every_record_has_its_address_and_state(tmp_path: Path) -> None:
    """The answer holds each record under its id with its sources, its permanent address and what follows today."""
    found = json.loads(published(tmp_path, FULL)["api/v1/explainers/story.json"])
    for section in ("takeaways", "actors", "timeline", "next_steps", "sources"):
        for id_, record in found[section].items():
            assert record["address"] == f"https://example.org/explainers/story/#{id_}"
    one = found["next_steps"]["n-one"]
    assert (one["standing"], one["since"], one["days_overdue"]) == ("resolved", "2026-05-15", 0)
    assert one["says"] == "Partly done, 15 May 2026"
    assert [stance["moved"] for stance in found["stances"]] == [False, True]
    assert [stance["current"] for stance in found["stances"]] == [False, True]
    assert found["timeline"]["e-one"]["sources"] == ["s-one"]


@pytest.mark.parametrize(("today", "days", "since"), [("2026-04-30", 0, None), ("2026-05-02", 2, "2026-05-01")])
def test_days_overdue(tmp_path: Path, today: str, days: int, since: str | None) -> None:
    """Days count from the first on which it is overdue."""
    made = published(tmp_path, step(SCHEDULED, expected="2026-04"), today)
    one = json.loads(made["api/v1/explainers/story.json"])["next_steps"]["n-one"]
    assert (one["days_overdue"], one["since"]) == (days, since)


def test_index_leads_everywhere(tmp_path: Path) -> None:
    """Every address in the index is a file of the same build."""
    made = published(tmp_path, FULL)
    index = json.loads(made["api/v1/index.json"])
    named = [entry["api"] for entry in (*index["explainers"], *index["actors"])]
    named += [index["changes"], index["calendar"], *index["feeds"], *index["schemas"]]
    assert {address.removeprefix(SITE.url) for address in named} <= set(made)


def graph(folder: Path, facts: str) -> list[dict[str, Any]]:
    text = json_ld.script(library(folder, facts).edition("story"), SITE)
    assert "<" not in text
    found: list[dict[str, Any]] = json.loads(text)["@graph"]
    return found


def test_json_ld_of_an_article(tmp_path: Path) -> None:
    """Search engines learn what the page rests on, when it changed, and what was corrected."""
    article = graph(tmp_path, FULL)[0]
    assert article["@type"] == "BackgroundNewsArticle"
    assert (article["datePublished"], article["dateModified"]) == ("2025-10-27", "2025-11-04")
    assert article["citation"][0]["url"] == "https://example.org/page"
    assert article["correction"] == [{"@type": "CorrectionComment", "text": "We erred.", "datePublished": "2025-11-04"}]
    assert article["about"][0] == {
        "@type": "Country",
        "name": "China",
        "url": "https://example.org/actors/china/",
        "sameAs": "https://www.wikidata.org/entity/Q148",
    }


@pytest.mark.parametrize(
    ("history", "expected", "status", "start", "previous"),
    [
        ((SCHEDULED,), "2026-04", "EventScheduled", "2026-04", None),
        ((SCHEDULED, MOVED), "2026-05-14/2026-05-15", "EventRescheduled", "2026-05-14", "2026-04"),
        ((SCHEDULED, OFF), "2026-04", "EventCancelled", "2026-04", None),
        ((SCHEDULED, MOVED.replace("2026-05-14/2026-05-15", "unknown")), "unknown", "EventPostponed", "2026-04", None),
    ],
)
def test_json_ld_of_a_next_step(
    tmp_path: Path, history: tuple[str, ...], expected: str, status: str, start: str, previous: str | None
) -> None:
    """A dated next step is an Event in the precision of its source, with the date it had before."""
    event = graph(tmp_path, step(*history, expected=expected))[1]
    assert event["eventStatus"] == f"https://schema.org/{status}"
    assert (event["startDate"], event.get("previousStartDate")) == (start, previous)


def test_text_cannot_end_the_script(tmp_path: Path) -> None:
    """A title with `</script>` stays a text."""
    facts = step(SCHEDULED, expected="2026-04").replace("A meeting, of sorts", "'</script><b>'")
    assert graph(tmp_path, facts)[1]["name"] == "</script><b>"


def test_the_site_has_them(site: Path) -> None:
    """The real build writes every file of the contract, and each is read without complaint."""
    for path in site.rglob("*.json"):
        json.loads(path.read_bytes())
    assert not [path for path in site.rglob("feed.xml") if feedparser.parse(path.read_bytes()).bozo]
    for path in site.rglob("next.ics"):
        uids = [event["UID"] for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")]
        assert len(uids) == len(set(uids))
    validator = Draft202012Validator(json.loads((site / "schema/explainer.json").read_bytes()))
    answers = sorted((site / "api/v1/explainers").glob("*.json"))
    assert [answer.stem for answer in answers] == sorted(p.stem for p in (ROOT / "data/explainers").glob("*.yml"))
    for answer in answers:
        assert list(validator.iter_errors(json.loads(answer.read_bytes()))) == []
        page = (site / f"explainers/{answer.stem}/index.html").read_text(encoding="utf-8")
        assert '<script type="application/ld+json">' in page
        assert f'href="../../explainers/{answer.stem}/feed.xml"' in page or 'href="feed.xml"' in page
