"""Runs the project's commands in processes of their own, each forked from one that has loaded the libraries.

Loading MkDocs, its theme, pydantic and our own code takes longer than most commands that the tests run. Where a project
has code of its own, that is loaded instead.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from subprocess import CompletedProcess

LIBRARIES = [
    "macros.comment",
    "macros.diff",
    "macros.drafting",
    "macros.functions",
    "macros.plugin",
    "macros.site_build",
    "macros.reference",
    "macros.reminders",
    "macros.starter",
    "macros.tidy",
    "babel.dates",
    "icalendar",
    "igraph",
    "concurrent.futures.thread",
    "encodings.utf_8_sig",
    "macros.alive",
    "macros.github",
    "markdown.extensions.admonition",
    "markdown.extensions.codehilite",
    "markdown.extensions.fenced_code",
    "markdown.extensions.tables",
    "markdown.extensions.toc",
    "markdown_it",
    "material.plugins.search.plugin",
    "mdit_py_plugins.admon",
    "mkdocs.commands.serve",
    "mkdocs_macros.plugin",
    "pydantic.type_adapter",
    "pymdownx.details",
    "pymdownx.saneheaders",
    "pymdownx.superfences",
    "resvg_py",
    "tarfile",
    "tinycss2",
    "tests.ready",
]


def ran(folder: Path, module: str, arguments: Sequence[str], env: Mapping[str, str]) -> CompletedProcess[str]:
    """What `python -m module arguments` does in the folder, with this environment and no input."""
    if "PYTHONHASHSEED" in env:  # which counts only where Python starts
        line = [sys.executable, "-m", module, *arguments]
        return subprocess.run(line, cwd=folder, env=env, capture_output=True, text=True, check=False)
    context = get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES)
    with tempfile.TemporaryDirectory() as place:
        out, err = Path(place, "out"), Path(place, "err")
        process = context.Process(target=_run, args=(folder, module, arguments, env, out, err))
        process.start()
        process.join()
        assert process.exitcode is not None
        return CompletedProcess([module, *arguments], process.exitcode, out.read_text(), err.read_text())


def _run(folder: Path, module: str, arguments: Sequence[str], env: Mapping[str, str], *streams: Path) -> None:
    for number, stream in enumerate(streams, start=1):
        os.dup2(os.open(stream, os.O_CREAT | os.O_WRONLY), number)
    if not (folder / "macros").is_symlink():
        for name in [name for name in sys.modules if name.partition(".")[0] == "macros"]:
            del sys.modules[name]
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    sys.path[0:0] = [str(folder)]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
