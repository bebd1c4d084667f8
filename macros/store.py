"""A folder of things made earlier, each under the key of everything it was made from.

Nothing in it is believed: an entry says its own key and the checksum of its content, and one that does not, because it
is damaged, was cut short, or was put there by something else, is as good as none.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

FORMAT = "open-questions build 1"
SPARED = 3600  # seconds: longer than a build needs what it has found


class Bundle(Mapping[str, bytes]):
    """Contents by name, kept compressed until they are asked for."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self.packed = packed

    def __getitem__(self, name: str) -> bytes:
        return zlib.decompress(self.packed[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)

    def only(self, kind: str) -> Bundle:
        """Those whose name begins so, without that beginning."""
        return Bundle({name.removeprefix(kind): part for name, part in self.packed.items() if name.startswith(kind)})


def digest(*texts: str) -> str:
    """One number for several texts; no two lists of texts have the same."""
    return sha256(json.dumps(texts).encode()).hexdigest()


def packed(contents: Mapping[str, bytes]) -> Bundle:
    """The contents compressed; pictures of dots are that already."""
    return Bundle(
        {name: zlib.compress(content, 0 if name.endswith(".png") else 1) for name, content in contents.items()}
    )


class Store:
    """The entries below a folder. Where it cannot be written, nothing is kept.

    A sweep deletes what was not used since this was opened, nor by others in as many seconds before as are `spared`.
    """

    def __init__(self, folder: Path, spared: float = SPARED) -> None:
        self.folder, self.spared, self.opened = folder, spared, time.time()
        self.used: set[Path] = set()

    def get(self, key: str) -> Bundle | None:
        """What was put under this key; None when nothing was, or when it is not whole."""
        file = self._file(key)
        try:
            found = _read(key, file.read_bytes())
        except OSError:
            return None
        except ValueError:
            with suppress(OSError):
                file.unlink()
            return None
        self._use(file)
        return found

    def put(self, key: str, bundle: Bundle) -> None:
        """Keep it. Whoever reads at the same time sees the whole entry or none."""
        file = self._file(key)
        part = file.with_suffix(f".{os.getpid()}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_written(key, bundle))
            part.replace(file)
        except OSError:
            with suppress(OSError):
                part.unlink()
        self.used.add(file)

    def sweep(self) -> None:
        """Delete what was not used for so long."""
        for file in self.folder.glob("*/*"):
            if file not in self.used:
                with suppress(OSError):
                    self._delete_if_old(file)

    def _delete_if_old(self, file: Path) -> None:
        if file.stat().st_mtime < self.opened - self.spared:
            file.unlink()

    def _use(self, file: Path) -> None:
        """Note that an entry is in use, also for another build that sweeps at the same time."""
        self.used.add(file)
        with suppress(OSError):
            os.utime(file)

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _written(key: str, bundle: Bundle) -> bytes:
    index = json.dumps({name: len(part) for name, part in bundle.packed.items()})
    content = b"\n".join([index.encode(), b"".join(bundle.packed.values())])
    return f"{FORMAT} {key} {sha256(content).hexdigest()}\n".encode() + content


def _read(key: str, entry: bytes) -> Bundle:
    """The bundle in an entry; raises ValueError when it is not the one that was written under this key."""
    head, _, content = entry.partition(b"\n")
    if head != f"{FORMAT} {key} {sha256(content).hexdigest()}".encode():
        raise ValueError("the entry is not whole")
    index, _, parts = content.partition(b"\n")
    found, start = {}, 0
    for name, size in json.loads(index).items():
        found[name] = parts[start : start + size]
        start += size
    return Bundle(found)
