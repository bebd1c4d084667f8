"""Hears from the system which files were written, instead of looking at all of them twice a second.

MkDocs asks its observer to watch folders; this one does, and also remembers what has changed since it was last asked.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

# A file that is being written is empty at first; Linux says when it is whole.
WRITTEN = events.FileClosedEvent if sys.platform == "linux" else events.FileModifiedEvent
OTHERS: list[type[FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileMovedEvent,
    events.DirDeletedEvent,
    events.DirMovedEvent,
]


class Watch(BaseObserver):
    """Watches folders, and single files by way of their folder, since an editor may put a new one in their place."""

    pause: ClassVar[float]
    heard: ClassVar[list[type[FileSystemEvent]]]

    def __init__(self) -> None:
        super().__init__()  # type: ignore[call-arg]  # what it watches with is added below
        self._changed: set[str] = set()
        self._changing = Lock()

    def schedule(self, event_handler: FileSystemEventHandler, path: str, **options: Any) -> ObservedWatch:  # type: ignore[override]  # noqa: ANN401
        is_file = Path(path).is_file()
        folder = str(Path(path).parent) if is_file else path
        options |= {"recursive": options.get("recursive", False) and not is_file, "event_filter": self.heard}
        return super().schedule(_Noting(event_handler, self, path if is_file else ""), folder, **options)

    def note(self, *paths: str) -> None:
        with self._changing:
            self._changed.update(paths)

    def take(self) -> set[str]:
        """What has changed since this was last asked; a folder that moved or went ends in a slash."""
        with self._changing:
            changed, self._changed = self._changed, set()
        return changed


class Told(Watch, Observer):  # type: ignore[misc, valid-type]  # a class that depends on the system
    """Is told by the system at once."""

    pause: ClassVar = 0.005  # seconds without a further change before an edit is taken in
    heard: ClassVar = [WRITTEN, *OTHERS]


class Looking(Watch, PollingObserver):
    """Looks for itself once a second, for folders of which the system tells nothing."""

    pause: ClassVar = 0.1
    heard: ClassVar = [events.FileModifiedEvent, *OTHERS]


def chosen() -> Watch:
    """Where EXPLAINERS_WATCH is `poll`, files lie in a folder of which the system tells nothing."""
    return Looking() if os.environ.get("EXPLAINERS_WATCH") == "poll" else Told()


class _Noting(FileSystemEventHandler):
    """Notes what an event is about, and passes it on; only those of one file when it is given."""

    def __init__(self, handler: FileSystemEventHandler, watch: Watch, file: str) -> None:
        self.handler, self.watch, self.file = handler, watch, file

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [str(path) for path in (event.src_path, event.dest_path) if path]
        if self.file and self.file not in paths:
            return
        self.watch.note(*(f"{path}/" if event.is_directory else path for path in paths))
        # MkDocs passes over folders, with all that was in them.
        self.handler.dispatch(events.FileDeletedEvent(event.src_path) if event.is_directory else event)
