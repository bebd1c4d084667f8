"""GitHub's interface for programs, by way of its own command `gh`, which runners have and which knows the token."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping

from macros.problems import Mistake


def api(path: str, query: Mapping[str, str] | None = None, *, method: str = "GET", payload: object = None) -> bytes:
    """What GitHub answers to a query in the address or a payload of JSON; raises `Mistake` when it refuses."""
    fields = [part for name, value in (query or {}).items() for part in ("--raw-field", f"{name}={value}")]
    sent = [] if payload is None else ["--input", "-"]
    command = ["gh", "api", "--method", method, path, *fields, *sent]
    try:
        ran = subprocess.run(command, input=json.dumps(payload).encode(), capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise Mistake("no-gh", "GitHub's command `gh` is not installed", "Run this where it is") from None
    if ran.returncode:
        what = f"GitHub refused {method} {path}: {ran.stderr.decode(errors='replace').strip()}"
        raise Mistake("github", what, "Look at the permissions of the job")
    return ran.stdout
