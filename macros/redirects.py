"""What has moved: every redirect leads, in one step, from something that is gone to something that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.load import REDIRECTS, Loaded
from macros.model import SECTIONS, Redirect
from macros.problems import Mistake, Problem, did_you_mean, quoted


def check_redirects(loaded: Loaded) -> Iterator[Problem]:
    """Every redirect that would lead its reader nowhere, or past something that is there."""
    moved: dict[str, Redirect] = {}
    for number, redirect in enumerate(loaded.redirects):
        if _exists(redirect.from_, loaded):
            continue
        if redirect.from_ in moved:
            what = f"`{redirect.from_}` is redirected twice"
            yield _problem(loaded, Mistake("redirect-twice", what, "Keep one of them"), number, "from")
        moved.setdefault(redirect.from_, redirect)
    for number, redirect in enumerate(loaded.redirects):
        yield from _source(redirect, number, loaded)
        yield from _targets(redirect, number, loaded, moved)


def _problem(loaded: Loaded, mistake: Mistake, number: int, *loc: str | int) -> Problem:
    return loaded.documents[REDIRECTS].problem(mistake, ("redirects", number, *loc))


def _source(redirect: Redirect, number: int, loaded: Loaded) -> Iterator[Problem]:
    if _exists(redirect.from_, loaded):
        what, mend = f"`{redirect.from_}` is still there", "Remove this redirect, or what it leads away from"
        yield _problem(loaded, Mistake("redirect-from-existing", what, mend), number, "from")


def _targets(redirect: Redirect, number: int, loaded: Loaded, moved: Mapping[str, Redirect]) -> Iterator[Problem]:
    count = len(redirect.to)
    if (redirect.kind == "split") != (count > 1):
        what = f"`{redirect.kind}` leads to {count} place{'s' * (count > 1)}"
        mend = "Write `split` for two or more places, `moved` or `merged` for one"
        yield _problem(loaded, Mistake("redirect-count", what, mend), number, "kind")
    for place, target in enumerate(redirect.to):
        if target in redirect.to[:place]:
            mistake: Mistake | None = Mistake("redirect-twice", f"`{target}` stands here twice", "Keep one of them")
        elif target in moved:
            mistake = _moved_itself(target, moved)
        else:
            mistake = None if _exists(target, loaded) else _nowhere(target, loaded)
        if mistake:
            yield _problem(loaded, mistake, number, "to", place)


def _moved_itself(target: str, moved: Mapping[str, Redirect]) -> Mistake:
    ends, open_, seen = [], [target], set()
    while open_:
        here = open_.pop()
        if here in seen:
            return Mistake("redirect-loop", f"`{target}` leads back to `{here}`", "Name something that is there")
        seen.add(here)
        if here in moved:
            open_.extend(reversed(moved[here].to))
        else:
            ends.append(here)
    return Mistake("redirect-chain", f"`{target}` has moved itself", f"Write where it is now: {quoted(ends)}")


def _exists(address: str, loaded: Loaded) -> bool:
    """Whether an address has a page or a record; true too when the file that would say so cannot be read."""
    slug, slash, id_ = address.partition("/")
    if not slash:
        return slug in loaded.named_slugs or slug in loaded.named_actors
    return slug in loaded.named_slugs and (loaded.facts(slug) is None or id_ in _records(slug, loaded))


def _records(slug: str, loaded: Loaded) -> list[str]:
    facts = loaded.facts(slug)
    return [id_ for section in SECTIONS for id_ in facts.keys(section)] if facts else []


def _nowhere(address: str, loaded: Loaded) -> Mistake:
    slug, slash, _ = address.partition("/")
    if slash and slug in loaded.named_slugs:
        known = [f"{slug}/{id_}" for id_ in _records(slug, loaded)]
    else:
        known = sorted(loaded.named_slugs | loaded.named_actors)
    return Mistake("redirect-nowhere", f"`{address}` is not there", did_you_mean(address, known))
