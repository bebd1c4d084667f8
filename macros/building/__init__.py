"""How a site of many explainers is built without making anew what nothing has changed.

An explainer with the pages and files about it is a *unit*, and so is an actor (`units`). `reads` names the files that a
unit is made from; what is in them, the code and the day make a key (`macros/takeover/keys.py`), and `store` keeps what
was made under it. `pages` shows MkDocs pages that are made already, `workers` makes the others in two processes, and
`reuse` is one build of all that. Several machines can make a share each (`explainers build --shard 2/3`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from macros import workspace
from macros.building.reuse import Reuse, write
from macros.building.units import units
from macros.building.workers import SharedMemory
from macros.memory import Memory
from macros.proofread import Proof
from macros.publish import Site
from macros.store import Store, digest
from macros.takeover import engine, is_known
from macros.takeover.keys import Keys

__all__ = ["Reuse", "begun", "read", "write"]

STORE, READ = Path(".cache/build/made"), Path(".cache/build/read")


def begun(proof: Proof, config: MkDocsConfig, site: Site, *, in_preview: bool) -> Reuse:
    """What a build has to make. A preview and a site of a past day keep nothing."""
    root, library = Path(config.docs_dir).parent, proof.library
    keys = Keys(root, digest(engine(config), str(library.day), *sorted(library.actors), *_in_menus(proof, config)))
    found = list(units(library, site, keys))
    still = workspace.read(root) is proof  # else a file has changed, and the keys are not those of what was read
    keeps = not in_preview and still and library.as_of is None and is_known(config)
    return Reuse(found, Store(root / STORE) if keeps else None, library.day.isoformat(), delivers=not in_preview)


def _in_menus(proof: Proof, config: MkDocsConfig) -> Iterator[str]:
    """What the menus on every page show of articles; without `nav:` in mkdocs.yml, they show all."""
    named = repr(config.nav)
    for path, article in sorted(proof.articles.items()):
        if config.nav is None or not article.slug or article.src_uri in named:
            yield f"{path} {article.front.title}"


def read(config: MkDocsConfig, *, keeps: bool) -> Proof:
    """The project; builds and previews remember what they found in order."""
    root = Path(config.docs_dir).parent
    memory = SharedMemory(Store(root / READ), engine(config)) if keeps and is_known(config) else Memory()
    proof = workspace.read(root, memory)
    memory.close()
    return proof
