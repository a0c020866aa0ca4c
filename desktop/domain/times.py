"""The one time zone of the house: +08:00, whatever the PC says (house rule 10)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")

CLOCK_TOLERANCE = timedelta(minutes=2)
"""A larger difference from the platform blocks settlement (visit.md B48)."""


def in_china(moment: datetime) -> datetime:
    """The same moment as wall clock +08:00; a naive value is taken as +08:00 already."""
    if moment.tzinfo is CHINA:
        return moment
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)


def clock_is_wrong(ours: datetime, theirs: datetime) -> bool:
    """True when the PC's clock is over two minutes off the platform's (visit.md B48)."""
    return abs(in_china(ours) - in_china(theirs)) > CLOCK_TOLERANCE


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
