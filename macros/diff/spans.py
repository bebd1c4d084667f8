"""Lengths of time in words."""

from __future__ import annotations

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MONTH = 30.44  # days, on average


def late(days: int) -> str:
    """How late something came: on time, three days late; from two months on, rounded to months."""
    return f"{_span(days)} late" if days else "on time"


def _span(days: int) -> str:
    if days >= 60:
        number, unit = round(days / _MONTH), "month"
    elif days >= 14 and days % 7 == 0:
        number, unit = days // 7, "week"
    else:
        number, unit = days, "day"
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else number} {unit}{'s' * (number != 1)}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 fact, 3 facts."""
    return f"{number} {noun}{'s' * (number != 1)}"
