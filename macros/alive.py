"""Which sources no longer answer. The only module that looks at other hosts, and only when asked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

GONE = frozenset({404, 410})
TIMEOUT = 20.0  # seconds; slower hosts are asked a second time
AT_ONCE = 8  # hosts; each of them is asked for one page at a time
AGENT = "Mozilla/5.0 (compatible; explainers; checks whether cited pages still answer)"


def dead(urls: Iterable[str], timeout: float = TIMEOUT) -> dict[str, str]:
    """The addresses that do not answer, with the reason; a page that asks for a login or payment is alive."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        by_host[urlsplit(url).netloc].append(url)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda listed: [(url, _reason(url, timeout)) for url in listed], by_host.values())
    return {url: reason for answer in answers for url, reason in answer if reason}


def _reason(url: str, timeout: float) -> str:
    """Why a page cannot be had, after two tries; empty when it can."""
    reason = _ask(url, timeout)
    return reason and _ask(url, timeout)


def _ask(url: str, timeout: float) -> str:
    request = Request(url, headers={"User-Agent": AGENT})  # noqa: S310 - the model admits http and https only
    try:
        with urlopen(request, timeout=timeout):  # noqa: S310
            return ""
    except HTTPError as error:
        return f"answers {error.code}" if error.code in GONE or error.code >= 500 else ""
    except (URLError, HTTPException, OSError, ValueError) as error:
        return f"does not answer ({getattr(error, 'reason', None) or type(error).__name__})"
