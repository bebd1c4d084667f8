"""Dates as sources give them, at their own precision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from macros.dates import parse, parse_day, parse_duration, spoken, today
from macros.problems import Mistake

FORMS = {
    "2025-10-30": ("30 October 2025", date(2025, 10, 30), date(2025, 10, 30)),
    "2025-10": ("October 2025", date(2025, 10, 1), date(2025, 10, 31)),
    "2025": ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    "2025-10-30~": ("about 30 October 2025", date(2025, 10, 30), date(2025, 10, 30)),
    "2025-10~": ("about October 2025", date(2025, 10, 1), date(2025, 10, 31)),
    "2025~": ("about 2025", date(2025, 1, 1), date(2025, 12, 31)),
    "2025-10-30/2025-11-02": ("30 October 2025 to 2 November 2025", date(2025, 10, 30), date(2025, 11, 2)),
    "2025-10/2025-11": ("October 2025 to November 2025", date(2025, 10, 1), date(2025, 11, 30)),
    "2025/2026-02": ("2025 to February 2026", date(2025, 1, 1), date(2026, 2, 28)),
    "2025-10~/2025-11-02": ("about October 2025 to 2 November 2025", date(2025, 10, 1), date(2025, 11, 2)),
    "2025-10-30/2025-10-30": ("30 October 2025 to 30 October 2025", date(2025, 10, 30), date(2025, 10, 30)),
    "2025-11/..": ("since November 2025", date(2025, 11, 1), None),
    "2025~/..": ("since about 2025", date(2025, 1, 1), None),
    "2024-02": ("February 2024", date(2024, 2, 1), date(2024, 2, 29)),
    "2024-02-29": ("29 February 2024", date(2024, 2, 29), date(2024, 2, 29)),
    "2000-02": ("February 2000", date(2000, 2, 1), date(2000, 2, 29)),
    "1900-02": ("February 1900", date(1900, 2, 1), date(1900, 2, 28)),
    "0001": ("1", date(1, 1, 1), date(1, 12, 31)),
    "9999-12": ("December 9999", date(9999, 12, 1), date(9999, 12, 31)),
}


@pytest.mark.parametrize("text", FORMS)
def test_every_form(text: str) -> None:
    """Each form is spoken at its own precision, knows its first and last day, and is kept as it was written."""
    found = parse(text)
    assert (str(found), found.earliest, found.latest) == FORMS[text]
    assert found.text == text
    assert found.is_day == (text in ("2025-10-30", "2024-02-29"))
    assert all("~" not in point.iso for _, point in found.spoken)


REFUSED = {
    "bad-date": [
        "", " ", "2025-1", "25-10-30", "2025-10-3", "20251030", "2025-10-30 ", "+2025", "-0044", "12025", "2025/", "/2025",
        "../2025", "../..", "2025/..~", "..", "2025-10-30T12:00", "2025-?", "2025-XX", "2025%", "~2025", "2025~~",
        "٢٠٢٥", "2025\n", "2025/2026/..", "unknown", "2025-10-30/",
    ],
    "impossible-date": ["2025-02-29", "1900-02-29", "2025-00", "2025-13", "2025-04-31", "2025-10-00", "0000", "2025/2026-13"],
    "interval-backwards": ["2025/2024", "2025-11/2025-10", "2025-10-30/2025-10-29", "2025-10-30/2024"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in REFUSED.items() for text in texts])
def test_what_is_no_date(code: str, text: str) -> None:
    """Everything else is refused, and the mistake says of which sort it is."""
    with pytest.raises(Mistake) as caught:
        parse(text)
    assert caught.value.code == code


def test_the_help_for_a_date_can_be_followed() -> None:
    """Every example in the help is a date itself, and the full stop that a problem ends with is not mistaken for it."""
    with pytest.raises(Mistake) as caught:
        parse("soon")
    examples = [word.strip(",") for word in caught.value.mend.split() if word[0].isdigit()]
    assert [parse(example).text for example in examples] == examples
    assert len(examples) == 5
    assert not caught.value.mend.endswith(".")


def test_an_interval_turned_round_can_be_read() -> None:
    """The help for a span that ends before it starts is the span the right way round."""
    with pytest.raises(Mistake, match="ends before it starts") as caught:
        parse("2025-11/2025-10")
    assert caught.value.mend == "Write 2025-10/2025-11"


def test_order() -> None:
    """Dates sort by when they start, then by when they end; what goes on is last."""
    texts = ["2025", "2025-01-01", "2025-01-01/..", "2025-01", "2024/2026", "2025-02~"]
    assert sorted(texts, key=lambda text: parse(text).order) == [
        "2024/2026", "2025-01-01", "2025-01", "2025", "2025-01-01/..", "2025-02~"
    ]  # fmt: skip


def test_a_day() -> None:
    """A single day is a whole date without a tilde, nothing else."""
    assert parse_day("2024-02-29") == date(2024, 2, 29)
    for text in ("2025-10", "2025", "2025-10-30~", "2025-10-30/2025-10-30", "2025-10-30/.."):
        with pytest.raises(Mistake, match="not a single day"):
            parse_day(text)
    assert spoken(date(2024, 2, 9)) == "9 February 2024"


def test_a_duration() -> None:
    """Lengths of time are whole days or weeks."""
    found = {text: parse_duration(text) for text in ("1 day", "30 days", "2 weeks", "9999 weeks")}
    assert list(found.values()) == [timedelta(days=n) for n in (1, 30, 14, 69993)]
    for text in ("0 days", "30", "a month", "30  days", "1.5 days", "-1 day", "10000 days", "3 months", "٣ days"):
        with pytest.raises(Mistake, match="not a length of time"):
            parse_duration(text)


def test_today_is_decided_in_one_order() -> None:
    """The chosen day wins, then EXPLAINERS_TODAY, then SOURCE_DATE_EPOCH in UTC, then the clock."""
    both = {"EXPLAINERS_TODAY": "2026-07-04", "SOURCE_DATE_EPOCH": "0"}
    assert today("2025-01-01", both) == date(2025, 1, 1)
    assert today(None, both) == date(2026, 7, 4)
    assert today(None, {"SOURCE_DATE_EPOCH": "86399"}) == date(1970, 1, 1)
    assert today(None, {"SOURCE_DATE_EPOCH": "86400", "EXPLAINERS_TODAY": ""}) == date(1970, 1, 2)
    assert today(None, {}) >= date(2025, 1, 1)


@pytest.mark.parametrize("epoch", ["soon", "1.5", "99999999999999999999", "-99999999999999"])
def test_an_epoch_that_cannot_be_read(epoch: str) -> None:
    """A SOURCE_DATE_EPOCH that is no number of seconds is refused, not ignored."""
    with pytest.raises(Mistake, match="SOURCE_DATE_EPOCH"):
        today(None, {"SOURCE_DATE_EPOCH": epoch})


@pytest.mark.parametrize("day", ["tomorrow", "2026-07", "2026-02-30"])
def test_a_today_that_cannot_be_read(day: str) -> None:
    """EXPLAINERS_TODAY must be a day of the calendar."""
    with pytest.raises(Mistake):
        today(None, {"EXPLAINERS_TODAY": day})
