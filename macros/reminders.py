"""What editors are told each day: one issue for each explainer with what is overdue and which sources are gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter

from macros.due import Due
from macros.model import Source

Api = Callable[..., bytes]
LABEL = "overdue"
PAGES = 10  # of 100 issues each
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


@dataclass(frozen=True)
class Reminder:
    """One issue for one explainer. Without a body there is nothing to tell."""

    slug: str
    title: str
    body: str

    @property
    def mark(self) -> str:
        """How the issue is found again."""
        return f"<!-- explainer: {self.slug} -->"


def reminder(
    slug: str, title: str, overdue: Iterable[Due], sources: Iterable[Source], dead: Mapping[str, str]
) -> Reminder:
    """The issue of an explainer; `dead` are addresses with the reason."""
    lines = [_overdue(due) for due in overdue]
    gone = [_source(source, dead[source.url]) for source in sources if source.url in dead]
    parts = ["## Overdue", "", *lines, ""] if lines else []
    parts += ["## Sources that no longer answer", "", *gone, ""] if gone else []
    if parts:
        parts += [f"This list is written anew every day and closes itself.\n\n<!-- explainer: {slug} -->"]
    return Reminder(slug, f"To do: {title}", "\n".join(parts))


def _overdue(due: Due) -> str:
    days = f"{due.days} day{'s' * (due.days != 1)}"
    place = f"`{due.path}:{due.line}`"
    return f"- [ ] {plain(due.title)}: {due.kind} overdue since {due.since}, {days}; {plain(due.owner)}; {place}"


def _source(source: Source, reason: str) -> str:
    copy = f"archived copy: <{source.archived}>" if source.archived else "no archived copy is named"
    named = f"{plain(source.title)}, {plain(source.publisher)}"
    return f"- [ ] `{source.id}` {named}: <{source.url}> {plain(reason)}; {copy}"


def plain(text: str) -> str:
    """A text in which nothing acts: no Markdown, no HTML, nobody mentioned."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split())).replace("@", "@\u200b")


class _Issue(BaseModel):
    number: int
    body: str | None


def tell(repository: str, reminders: Iterable[Reminder], api: Api) -> Iterator[str]:
    """Open, update or close one issue for each; yields what was done. `api` raises `Mistake` when GitHub refuses."""
    issues = list(_issues(repository, api))
    for reminder in reminders:
        known = next((issue for issue in issues if reminder.mark in (issue.body or "")), None)
        if reminder.body != ((known.body or "") if known else "").replace("\r\n", "\n").rstrip():
            yield _change(repository, reminder, known, api)


def _issues(repository: str, api: Api) -> Iterator[_Issue]:
    for page in range(1, PAGES + 1):
        query = {"labels": LABEL, "state": "open", "per_page": "100", "page": str(page)}
        found = TypeAdapter(list[_Issue]).validate_json(api(f"repos/{repository}/issues", query))
        yield from found
        if len(found) < 100:
            return


def _change(repository: str, reminder: Reminder, known: _Issue | None, api: Api) -> str:
    content = {"title": reminder.title, "body": reminder.body}
    if known is None:
        api(f"repos/{repository}/issues", method="POST", payload={**content, "labels": [LABEL]})
        return f"opened: {reminder.slug}"
    change = content if reminder.body else {"state": "closed"}
    api(f"repos/{repository}/issues/{known.number}", method="PATCH", payload=change)
    return f"{'updated' if reminder.body else 'closed'} {known.number}: {reminder.slug}"
