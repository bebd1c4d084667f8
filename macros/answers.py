"""What stands on a page where its article calls a component."""

from __future__ import annotations

from dataclasses import dataclass

from macros.calls import Call
from macros.components import COMPONENTS
from macros.contribute import Repository, editing
from macros.problems import Mistake
from macros.proofread import Proof
from macros.render import render
from macros.stash import token


@dataclass(frozen=True)
class Place:
    """The page a component is shown on: its address below the site's root, and its explainer's slug if it has one."""

    url: str
    slug: str


def answer(call: Call, proof: Proof, repository: Repository, place: Place) -> str:
    """A token for the HTML of the component that is called, which Markdown carries through."""
    return token(_html(call, proof, repository, place), COMPONENTS[call.name].shape)


def _html(call: Call, proof: Proof, repository: Repository, place: Place) -> str:
    """A component's HTML; where it has none, what is missing. Only a preview gets that far."""
    component, where = COMPONENTS[call.name], editing(repository, place.slug, proof.lines.get(place.slug, {}))
    try:
        subject = proof.library if component.scope == "site" else proof.library.edition(place.slug)
        return render(call.name, component.make(subject, *call.args, **call.kwargs), place.url, where)
    except Mistake as mistake:
        return render(f"_missing_{component.shape}", {"name": call.name, "mistake": mistake}, place.url)
