"""Codes that a province's platform looks at (Hunan, V1.1.19 and the rules of 2204); pure.

Whose code is registered only the real platform knows: here a code is good when it is built like
one. Other provinces take any text.
"""

from __future__ import annotations

import re
from typing import Final

from desktop.sandbox.model import Institution
from desktop.sandbox.refusals import Reason, Refused

PROVINCES: Final = frozenset(("43",))
"""First two digits of the care areas that look at codes."""
_DOCTOR: Final = re.compile(r"D\d{12}", re.ASCII)
_LINE: Final = re.compile(r"(?!0+\Z)\d{1,15}", re.ASCII)
_WESTERN: Final = re.compile(r"[A-Z]\d{2}(\.[\dx]\d{2}(x\d{3})?)?[*+]?", re.ASCII)
"""``J06.900``, ``I10.x00``, ``I63.900x001``, ``J06``."""
_CHINESE: Final = re.compile(r"[AB]\d{2}(\.\d{2}){0,3}|[BZ][A-Z]{1,4}\d{0,3}", re.ASCII)
"""中医: ``A01.01.01`` (GB/T 15657 of 2021), ``BNP010`` and ``ZYVXI`` (of 1995)."""


def check_line_number(hospital: Institution, feedetl_sn: str) -> None:
    """``feedetl_sn``: 15 digits at most, and not 0. Raises :class:`Refused`."""
    _check(hospital, _LINE, feedetl_sn, "feedetl_sn")


def check_doctor(hospital: Institution, code: str, field: str) -> None:
    """The national code of a doctor, thirteen characters. Raises :class:`Refused`."""
    _check(hospital, _DOCTOR, code, field)


def check_diagnosis(hospital: Institution, code: str) -> None:
    """``diag_code``: ICD-10 of 医保版, or a code of Chinese medicine. Raises :class:`Refused`."""
    if not _CHINESE.fullmatch(code):
        _check(hospital, _WESTERN, code, "diag_code")


def _check(hospital: Institution, form: re.Pattern[str], code: str, field: str) -> None:
    if hospital.area[:2] in PROVINCES and not form.fullmatch(code):
        raise Refused(Reason.FIELD_WRONG, field=field)
