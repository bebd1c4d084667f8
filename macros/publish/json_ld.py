"""JSON-LD for search engines: the page as schema.org's BackgroundNewsArticle, its dated next steps as Events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from macros import derive
from macros.dates import Edtf
from macros.edition import Edition
from macros.model import ActorKind, NextStep, Revision, Source
from macros.publish.address import Site

ACTOR_TYPES: dict[ActorKind, str] = {
    "state": "Country",
    "bloc": "Organization",
    "organisation": "Organization",
    "company": "Corporation",
    "person": "Person",
}


def script(edition: Edition, site: Site) -> str:
    """The article and its events as text that may stand in a `<script>`: nothing in it can end the element."""
    graph = [article(edition, site), *events(edition, site)]
    document = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def article(edition: Edition, site: Site) -> dict[str, Any]:
    """The page, with what it chiefly rests on, where all its facts are, and what was corrected."""
    facts, front = edition.explainer, edition.article.front
    publisher = {"@type": "Organization", "name": site.name, "url": site.address()}
    return _without_empty(
        {
            "@type": "BackgroundNewsArticle",
            "@id": site.address(edition.url),
            "headline": edition.title,
            "description": front.description,
            "url": site.address(edition.url),
            "inLanguage": "en",
            "isAccessibleForFree": True,
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "datePublished": _day(facts.published),
            "dateModified": _day(derive.last_change(facts)),
            "author": publisher,
            "publisher": publisher,
            "publishingPrinciples": site.address("about/"),
            "keywords": list(front.tags),
            "about": [_actor(edition, id_, site) for id_ in facts.actors if id_ in edition.library.actors],
            "citation": [{"@type": "CreativeWork", "url": source.url} for source in _chiefly(edition)],
            "isBasedOn": {"@type": "Dataset", "url": site.address(f"api/v1/explainers/{edition.slug}.json")},
            "correction": [_correction(revision) for revision in facts.revisions if revision.kind == "correction"],
        }
    )


def _actor(edition: Edition, id_: str, site: Site) -> dict[str, Any]:
    actor = edition.library.actors[id_]
    same = f"https://www.wikidata.org/entity/{actor.wikidata}" if actor.wikidata else None
    address = site.address(f"actors/{id_}/")
    return _without_empty({"@type": ACTOR_TYPES[actor.kind], "name": actor.name, "url": address, "sameAs": same})


def _chiefly(edition: Edition) -> list[Source]:
    """What the newest assessment rests on, else the takeaways; the page and the API list every source."""
    latest = derive.latest_assessment(edition.explainer)
    chief = [latest] if latest else edition.explainer.takeaways.values()
    cited = {citation.id: citation.source for item in chief for citation in edition.citations(item)}
    return list(cited.values())


def _correction(revision: Revision) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": revision.text, "datePublished": revision.on.isoformat()}


def events(edition: Edition, site: Site) -> Iterator[dict[str, Any]]:
    """Every next step that has or had a date, in the precision of its source (ISO 8601 allows `2026-04`)."""
    for step in edition.explainer.next_steps.values():
        dates = _dates(step)
        if dates:
            yield _event(edition, step, dates, site)


def _dates(step: NextStep) -> list[Edtf]:
    """The dates it was expected on, one after the other, the newest last."""
    named = [entry.expected for entry in step.history if entry.expected]
    named += [step.expected] if step.expected else []
    return [date for number, date in enumerate(named) if number == 0 or date != named[number - 1]]


def _event(edition: Edition, step: NextStep, dates: list[Edtf], site: Site) -> dict[str, Any]:
    newest, before = dates[-1], [date.start.iso for date in dates[:-1]]
    address = site.address(edition.anchor(step.id))
    return _without_empty(
        {
            "@type": "Event",
            "@id": address,
            "name": step.title,
            "url": address,
            "startDate": newest.start.iso,
            "endDate": newest.end.iso if newest.end and newest.end is not newest.start else None,
            "eventStatus": f"https://schema.org/{status(step, moved=bool(before))}",
            "previousStartDate": before[-1] if before else None,
            "organizer": [_actor(edition, id_, site) for id_ in step.by if id_ in edition.library.actors],
        }
    )


def status(step: NextStep, *, moved: bool) -> str:
    """The step's EventStatusType (schema.org); `moved` when an earlier date was given before."""
    latest = step.history[-1].status if step.history else "scheduled"
    if latest == "cancelled" or (step.outcome and step.outcome.result == "cancelled"):
        return "EventCancelled"
    if step.expected is None:
        return "EventPostponed"
    return "EventRescheduled" if moved else "EventScheduled"


def _day(day: Any) -> str | None:  # noqa: ANN401
    return day.isoformat() if day else None


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, [], "")}
