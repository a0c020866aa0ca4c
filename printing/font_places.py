"""The fonts that forms are set in, by name, and where systems keep them.

Only TrueType outlines: reportlab refuses CFF. The order within a role is the order of choice.
"""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from msgspec import Struct

SHIPPED = Path(__file__).parent / "font_files"
"""Where a build puts the fonts that come with the product (``make fonts``)."""


class Role(Enum):
    """What a font is for."""

    LATIN = "latin"
    """Letters and figures; figures of one width, so that amounts stand in columns."""
    LATIN_STRONG = "latin-strong"
    HAN = "han"
    """Chinese in every-day text."""
    HAN_STRONG = "han-strong"
    RARE = "rare"
    """Characters of names that the every-day font lacks."""


class Candidate(Struct, frozen=True):
    """A font file that may be there, and what it would be used for."""

    role: Role
    file: str
    index: int = 0


CANDIDATES = (
    Candidate(Role.LATIN, "OpenSans-Regular.ttf"),  # fonts-open-sans
    Candidate(Role.LATIN, "segoeui.ttf"),  # Windows
    Candidate(Role.LATIN, "DejaVuSans.ttf"),
    Candidate(Role.LATIN_STRONG, "OpenSans-Semibold.ttf"),
    Candidate(Role.LATIN_STRONG, "seguisb.ttf"),
    Candidate(Role.LATIN_STRONG, "DejaVuSans-Bold.ttf"),
    Candidate(Role.HAN, "wqy-microhei.ttc"),  # drawn with Open Sans: one family to the eye
    Candidate(Role.HAN, "msyh.ttc"),
    Candidate(Role.HAN, "wqy-zenhei.ttc"),
    Candidate(Role.HAN, "simsun.ttc"),
    Candidate(Role.HAN_STRONG, "msyhbd.ttc"),
    Candidate(Role.RARE, "wqy-zenhei.ttc"),  # Extension A in the same style
    Candidate(Role.RARE, "simsun.ttc"),
    Candidate(Role.RARE, "HanaMinA.ttf"),
    Candidate(Role.RARE, "simsunb.ttf"),
    Candidate(Role.RARE, "HanaMinB.ttf"),  # Extensions B to F nearly whole
    Candidate(Role.RARE, "SimsunExtG.ttf"),
    Candidate(Role.RARE, "BabelStoneHan.ttf"),  # the end of the URO, G, H; I in newer versions
    Candidate(Role.RARE, "DejaVuSans.ttf"),  # letters beyond Latin
)


def font_folders(program: Path, home: Path) -> tuple[Path, ...]:
    """Folders to look in: ``fonts`` beside the program, those that came along, the system's."""
    return (
        program / "fonts",
        SHIPPED,
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        Path("C:/Windows/Fonts"),
        home / "AppData/Local/Microsoft/Windows/Fonts",
    )
