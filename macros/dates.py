"""Dates as sources give them: the part of EDTF (ISO 8601-2:2019) that explainers use.

A day, a month, a year, an interval of these, an interval still open, each of them perhaps approximate (`~`).
"""

from __future__ import annotations

import os
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from macros.problems import Mistake

Precision = Literal["day", "month", "year"]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_POINT = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~?)", re.ASCII)
_MEND = "Write a day 2025-10-30, a month 2025-10, a year 2025, or a span 2025-11/.. or 2025-10-30/2025-11-02"


@dataclass(frozen=True)
class Point:
    """One date at the precision its source gives."""

    text: str
    earliest: date
    latest: date
    precision: Precision
    approximate: bool

    def __str__(self) -> str:
        return ("about " if self.approximate else "") + self._named()

    def _named(self) -> str:
        year, month = self.earliest.year, MONTHS[self.earliest.month - 1]
        if self.precision == "year":
            return str(year)
        return f"{month} {year}" if self.precision == "month" else f"{self.earliest.day} {month} {year}"

    @property
    def ending(self) -> str:
        """Its last day, without naming one that its source does not give: 30 October 2025, the end of October 2025."""
        return str(self) if self.precision == "day" else ("about " * self.approximate) + f"the end of {self._named()}"

    @property
    def month(self) -> str:
        """The month it is in, or the year where no month is known."""
        month = "" if self.precision == "year" else f"{MONTHS[self.earliest.month - 1]} "
        return f"{month}{self.earliest.year}"

    @property
    def iso(self) -> str:
        """The value for `<time datetime>`: the same precision, without the mark for approximate."""
        return self.text.rstrip("~")


@dataclass(frozen=True)
class Edtf:
    """A date or a span of dates. An open span has no end."""

    start: Point
    end: Point | None

    @property
    def text(self) -> str:
        if self.end is self.start:
            return self.start.text
        return f"{self.start.text}/{self.end.text if self.end else '..'}"

    @property
    def earliest(self) -> date:
        return self.start.earliest

    @property
    def latest(self) -> date | None:
        """The last day that still belongs to it; None while it is ongoing."""
        return self.end.latest if self.end else None

    @property
    def is_day(self) -> bool:
        return self.end is self.start and self.start.precision == "day" and not self.start.approximate

    @property
    def order(self) -> tuple[date, date]:
        return self.earliest, self.latest or date.max

    @property
    def spoken(self) -> tuple[tuple[str, Point], ...]:
        """The date as readers see it: each point with the words before it."""
        if self.end is None:
            return (("since ", self.start),)
        return (("", self.start),) if self.end is self.start else (("", self.start), (" to ", self.end))

    def __str__(self) -> str:
        return "".join(f"{words}{point}" for words, point in self.spoken)


def parse(text: str) -> Edtf:
    """Read an EDTF date; raises `Mistake` for one that is malformed, impossible or backwards."""
    first, slash, last = text.partition("/")
    start = _point(first, text)
    if not slash:
        return Edtf(start, start)
    end = None if last == ".." else _point(last, text)
    if end and end.latest < start.earliest:
        raise Mistake("interval-backwards", f"`{text}` ends before it starts", f"Write {last}/{first}")
    return Edtf(start, end)


def _point(text: str, whole: str) -> Point:
    match = _POINT.fullmatch(text)
    if not match:
        raise Mistake("bad-date", f"`{whole}` is not a date that can be read", _MEND)
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    precision: Precision = "day" if day is not None else "month" if month is not None else "year"
    try:
        earliest = date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise Mistake("impossible-date", f"`{text}` is not in the calendar", _nearest(year, month)) from None
    return Point(text, earliest, _last_day(earliest, precision), precision, bool(match[4]))


def _nearest(year: int | None, month: int | None) -> str:
    if year and month and 1 <= month <= 12:
        return f"{MONTHS[month - 1]} {year} has {monthrange(year, month)[1]} days"
    return "Months go from 01 to 12; a year has four digits and is not 0000"


def _last_day(earliest: date, precision: Precision) -> date:
    if precision == "day":
        return earliest
    month = earliest.month if precision == "month" else 12
    return date(earliest.year, month, monthrange(earliest.year, month)[1])


def parse_day(text: str) -> date:
    """Read a date that must be a single day; raises `Mistake` when it is not."""
    found = parse(text)
    if not found.is_day:
        raise Mistake("not-a-day", f"`{text}` is not a single day", "Write year, month and day: 2025-10-30")
    return found.earliest


def parse_duration(text: str) -> timedelta:
    """Read `30 days` or `2 weeks`; raises `Mistake` for anything else."""
    match = re.fullmatch(r"([1-9]\d{0,3}) (day|week)s?", text, re.ASCII)
    if not match:
        raise Mistake("bad-duration", f"`{text}` is not a length of time", "Write days or weeks: 30 days")
    return timedelta(days=int(match[1]) * (7 if match[2] == "week" else 1))


def spoken(day: date) -> str:
    """A day as readers see it: 30 October 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def today(chosen: str | None = None, environ: Mapping[str, str] = os.environ) -> date:
    """The day everything is computed for: the first that is given, else the clock.

    In this order: chosen, EXPLAINERS_AS_OF, EXPLAINERS_TODAY, SOURCE_DATE_EPOCH; the last is in seconds, read in UTC
    (reproducible-builds.org). Raises `Mistake` when unreadable.
    """
    if past := None if chosen else as_of(environ):
        return past
    if named := chosen or environ.get("EXPLAINERS_TODAY"):
        return parse_day(named)
    if epoch := environ.get("SOURCE_DATE_EPOCH"):
        return _from_epoch(epoch)
    return datetime.now(UTC).date()


def as_of(environ: Mapping[str, str] = os.environ) -> date | None:
    """The day that the site is built as it was known on, EXPLAINERS_AS_OF; None for all that is known.

    Raises `Mistake` when unreadable.
    """
    named = environ.get("EXPLAINERS_AS_OF")
    try:
        return parse_day(named) if named else None
    except Mistake as mistake:
        raise Mistake(mistake.code, f"EXPLAINERS_AS_OF: {mistake.what}", mistake.mend) from None


def _from_epoch(epoch: str) -> date:
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise Mistake("bad-epoch", f"SOURCE_DATE_EPOCH is `{epoch}`", "Set it to whole seconds since 1970") from None
