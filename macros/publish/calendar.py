"""iCalendar files (RFC 5545, RFC 7986): the dated next steps of the site and of each explainer.

A step is an all-day event over the whole span in which it is expected, so no day is invented for a month. A span
less exact than days is tentative. Identifiers and time stamps come from the data, never from the build.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from icalendar import Calendar
from icalendar import Event as Component

from macros import derive
from macros.components.items import StepItem, step_item
from macros.dates import Edtf
from macros.edition import Edition, Library
from macros.model import Lifecycle, NextStep
from macros.publish.address import Site

KEPT = timedelta(days=90)  # how long a step that has ended stays, so that every subscriber's calendar learns of it


def of_site(library: Library, site: Site) -> tuple[str, bytes]:
    """`next.ics`, with the next steps of every explainer."""
    return "next.ics", calendar(site.name, "next.ics", library.editions, site)


def of_story(edition: Edition, site: Site) -> tuple[str, bytes]:
    """`next.ics` in the folder of an explainer."""
    path = f"{edition.url}next.ics"
    return path, calendar(edition.title, path, [edition], site)


def calendar(name: str, path: str, editions: Iterable[Edition], site: Site) -> bytes:
    """A calendar of every step that has a date and has not ended long ago."""
    found = Calendar()
    found.add("prodid", f"-//{site.name}//Next steps//EN")
    found.add("version", "2.0")
    found.add("name", name)
    found.add("x-wr-calname", name)
    found.add("url", site.address(path))
    found.add("refresh-interval", timedelta(days=1))
    for edition in editions:
        for step in edition.explainer.next_steps.values():
            if is_listed(step, edition.day, edition.explainer.lifecycle):
                found.add_component(_event(edition, step, site))
    return bytes(found.to_ical())


def is_listed(step: NextStep, day: date, lifecycle: Lifecycle = "live") -> bool:
    """Whether it has a date, and either is open or ended not more than 90 days ago."""
    state = derive.step_state(step, day, lifecycle)
    has_ended = state.standing in ("resolved", "cancelled", "closed")
    recent = state.day is not None and day - state.day <= KEPT
    return _span(step) is not None and (recent or not has_ended)


def _span(step: NextStep) -> tuple[date, date] | None:
    """The first and the last day on which it is expected; a cancelled step keeps the date it had."""
    when = _expected(step)
    return (when.earliest, when.latest) if when and when.latest else None


def _expected(step: NextStep) -> Edtf | None:
    return step.expected or next((entry.expected for entry in reversed(step.history) if entry.expected), None)


def _event(edition: Edition, step: NextStep, site: Site) -> Component:
    item, span = step_item(edition, step), _span(step)
    assert span is not None  # noqa: S101 - only called for steps that have one
    found = Component()
    found.add("uid", f"{step.id}.{edition.slug}@{site.host}")
    found.add("dtstamp", datetime.combine(_stamp(edition, step), time(), UTC))
    found.add("dtstart", span[0])
    found.add("dtend", span[1] + timedelta(days=1))
    found.add("sequence", sequence(step))
    found.add("status", status(step))
    found.add("transp", "TRANSPARENT")
    found.add("summary", step.title)
    found.add("description", _description(edition, item))
    found.add("categories", [edition.title])
    found.add("url", site.address(edition.anchor(step.id)))
    return found


def _stamp(edition: Edition, step: NextStep) -> date:
    """The last day on which what is known of it changed."""
    explainer = edition.explainer
    days = [entry.on for entry in step.history]
    days += [day for day in (step.recorded, step.outcome.on if step.outcome else None) if day]
    return max(days, default=explainer.published or explainer.reviewed or edition.begun)


def sequence(step: NextStep) -> int:
    """How often it was moved or called off (RFC 5545, 3.8.7.4)."""
    dates = [entry.expected for entry in step.history if "expected" in entry.model_fields_set]
    moved = sum(old != new for old, new in pairwise(dates))
    return moved + sum(entry.status == "cancelled" for entry in step.history) + (step.outcome is not None)


def status(step: NextStep) -> str:
    """CANCELLED, TENTATIVE where no exact days are given or nobody has announced them, else CONFIRMED."""
    called_off = step.outcome.result == "cancelled" if step.outcome else False
    if called_off or (step.history and step.history[-1].status == "cancelled"):
        return "CANCELLED"
    when = _expected(step)
    exact = when is not None and all(point.precision == "day" and not point.approximate for _, point in when.spoken)
    return "CONFIRMED" if exact and step.basis in ("announced", "required") else "TENTATIVE"


def _description(edition: Edition, item: StepItem) -> str:
    step = item.record
    lines = [f"{item.status}.", f"Expected {step.expected or 'at a date unknown'} ({item.basis})."]
    lines += [step.outcome.text, *edition.sides(step.outcome)] if step.outcome else []
    lines += [f"Done when: {step.done_when}"] if step.done_when else []
    return "\n".join(lines)
