"""How a site of many explainers is built without making anew what nothing has changed.

An explainer with the pages and files about it is a *unit*, and so is an actor (`units`). `reads` names the files that a
unit is made from; `keys` turns what is in them, the code and the day into a key; `store` keeps what was made under that
key. `pages` shows MkDocs pages that are made already, `workers` makes the others in two processes, and `reuse` is one
build of all that. `unchanged` knows when there is nothing to build, `swap` puts a finished site where the old one
stood, and `takeover` uses both. Several machines can make a share each (`explainers build --shard 2/3`).
"""

from __future__ import annotations

import warnings
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from macros import editor, workspace
from macros.building.keys import Keys, code
from macros.building.reuse import Reuse, write
from macros.building.takeover import Shared, Takeover
from macros.building.unchanged import Note
from macros.building.units import units
from macros.building.workers import SharedMemory
from macros.memory import Memory
from macros.proofread import Proof
from macros.publish import Site
from macros.store import Store, digest

__all__ = ["Reuse", "Shared", "Takeover", "begun", "takeover", "write"]

STORE, READ, NOTE = Path(".cache/build/made"), Path(".cache/build/read"), Path(".cache/build/note.json")
KNOWN = {"explainers", "macros"}  # others might not see a page that was kept
OF_A_CALL = {"config_file_path", "site_dir", "strict"}  # settings that no page shows


def begun(proof: Proof, config: MkDocsConfig, site: Site, *, in_preview: bool) -> Reuse:
    """What a build has to make. A preview and a site of a past day keep nothing."""
    root, library = Path(config.docs_dir).parent, proof.library
    keys = Keys(root, digest(engine(config), str(library.day), *sorted(library.actors)))
    found = list(units(library, site, keys))
    still = workspace.read(root) is proof  # else a file has changed, and the keys are not those of what was read
    keeps = not in_preview and still and library.as_of is None and is_known(config)
    return Reuse(found, Store(root / STORE) if keeps else None, library.day.isoformat(), delivers=not in_preview)


def read(config: MkDocsConfig, *, keeps: bool) -> Proof:
    """The project; builds and previews remember what they found in order."""
    root = Path(config.docs_dir).parent
    memory = SharedMemory(Store(root / READ), engine(config)) if keeps and is_known(config) else Memory()
    proof = workspace.read(root, memory)
    memory.close()
    return proof


def takeover(config: MkDocsConfig, day: date) -> Takeover:
    """The build begins, unless nothing has changed since the last one."""
    root = Path(config.docs_dir).parent
    installed = Keys(root, "").of(f"{editor.INSTALLED}/node_modules/.package-lock.json")
    note = Note(root / NOTE, Path(config.site_dir), root, digest(engine(config), str(day), installed))
    return Takeover(config, note if is_known(config) else None)


def is_known(config: MkDocsConfig) -> bool:
    """Whether we know all that takes part in a build: another plugin might not see a page that was kept."""
    return KNOWN.issuperset(config.plugins) and not config.hooks


def engine(config: MkDocsConfig) -> str:
    """Everything but the day that every page depends on, wherever the project lies."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # MkDocs 1.6.1 itself has no use for it
        configs = config.user_configs
    said = [(key, value) for said in configs for key, value in said.items() if key not in OF_A_CALL]
    return digest(code(config.theme.custom_dir), repr(said).replace(str(Path(config.docs_dir).parent), ""))
