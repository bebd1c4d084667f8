"""What a command costs: wall clock, processor time and peak memory of it and of everything it starts."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.1  # seconds between looks at the memory
MOST = 0.85 * os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")  # bytes: beyond, the machine only swaps


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, seconds of processors, and bytes of memory at the peak."""

    wall: float
    cpu: float
    memory: int


class Failed(Exception):
    """A build that ended with an error."""


class Stopped(Exception):
    """A build that was ended because it took longer than allowed, or more memory than the machine has."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, minutes: float = math.inf) -> Cost:
    """Run a command in a folder to its end.

    Raises `Failed` with what it said when it fails, and `Stopped` with what it exceeded when it was ended: the minutes
    allowed, or the machine's memory.
    """
    began = time.monotonic()
    output = folder / "output.txt"
    with output.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
    watch = _Watch(process.pid, began + 60 * minutes)
    watch.start()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    watch.over.set()
    watch.join()
    if watch.exceeded:
        raise Stopped(watch.exceeded.format(minutes=minutes, memory=MOST / 1e6))
    if os.waitstatus_to_exitcode(status):
        raise Failed(f"{' '.join(command)}\n{output.read_text(encoding='utf-8', errors='replace')[-500:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, max(watch.bytes, used.ru_maxrss * 1024))


class _Watch(threading.Thread):
    """Adds up, again and again, the memory of the processes of a session, what they share counted once, and ends them
    when that is too much or takes too long.

    The system walks all of that memory each time: looking takes at most a twentieth of one processor.
    """

    def __init__(self, session: int, until: float) -> None:
        super().__init__(daemon=True)
        self.session, self.until = session, until
        self.over, self.bytes, self.exceeded = threading.Event(), 0, ""

    def run(self) -> None:
        pause = PAUSE
        while not self.over.wait(pause):
            began = time.monotonic()
            self.bytes = max(self.bytes, sum(map(_memory, _processes(self.session))))
            self._end_what_exceeds(began)
            pause = max(PAUSE, 20 * (time.monotonic() - began))

    def _end_what_exceeds(self, now: float) -> None:
        if self.bytes > MOST:
            self.exceeded = "over {memory:.0f} MB"
        elif now > self.until:
            self.exceeded = "over {minutes:g} min"
        if self.exceeded:
            os.killpg(self.session, signal.SIGKILL)
            self.over.set()


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
