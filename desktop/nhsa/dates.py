"""Dates of the wire ↔ dates of the house, always +08:00 (house rule 10)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from desktop.domain.times import in_china


def wire_moment(moment: datetime) -> str:
    """``yyyy-MM-dd HH:mm:ss`` of requests, in +08:00."""
    return in_china(moment).isoformat(" ", "seconds")[:19]


def day_of(text: str | None) -> date | None:
    """The day of ``yyyy-MM-dd`` with or without a time; None when it cannot be read."""
    moment = moment_of(text)
    return None if moment is None else moment.date()


def moment_of(text: str | None) -> datetime | None:
    """The moment of ``yyyy-MM-dd HH:mm:ss``; None when it cannot be read.

    An unreadable date must not make an answer of a settlement unreadable: it decides nothing.
    """
    try:
        return in_china(datetime.fromisoformat(text.strip())) if text else None
    except (ValueError, OverflowError):
        return None


def stamp_of(text: str | None) -> datetime | None:
    """The moment of ``yyyyMMddHHmmssSSS`` as in ``respond_time``; None when it cannot be read."""
    if text is None or len(text) != 17 or not (text.isascii() and text.isdigit()):
        return None
    return moment_of(f"{text[:8]}T{text[8:14]}.{text[14:]}")


def http_date(headers: Mapping[str, str]) -> datetime | None:
    """The HTTP ``Date`` header; None when there is none that can be read."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, OverflowError):
        return None
    return in_china(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
