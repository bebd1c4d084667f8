"""What a command costs: wall clock, processor time and peak memory of it and of everything it starts."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.1  # seconds between looks at the memory


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, seconds of processors, and bytes of memory at the peak."""

    wall: float
    cpu: float
    memory: int


class Failed(Exception):
    """A build that ended with an error."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command in a folder to its end; raises `Failed` with what it said when it fails."""
    began = time.monotonic()
    output = folder / "output.txt"
    with output.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
    peak = _Peak(process.pid)
    peak.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    peak.over.set()
    peak.join()
    if os.waitstatus_to_exitcode(status):
        raise Failed(f"{' '.join(command)}\n{output.read_text(encoding='utf-8', errors='replace')[-500:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, max(peak.bytes, used.ru_maxrss * 1024))


class _Peak(threading.Thread):
    """Adds up, again and again, the memory of the processes of a session, what they share counted once.

    The system walks all of that memory each time: looking takes at most a twentieth of one processor.
    """

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.session, self.over, self.bytes = session, threading.Event(), 0

    def run(self) -> None:
        pause = PAUSE
        while not self.over.wait(pause):
            began = time.monotonic()
            self.bytes = max(self.bytes, sum(map(_memory, _processes(self.session))))
            pause = max(PAUSE, 20 * (time.monotonic() - began))


def _processes(session: int) -> list[Path]:
    return [place for place in Path("/proc").glob("[0-9]*") if _session(place) == session]


def _session(place: Path) -> int:
    try:
        return os.getsid(int(place.name))
    except OSError:
        return 0


def _memory(place: Path) -> int:
    try:
        lines = (place / "smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
