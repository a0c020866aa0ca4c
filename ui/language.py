"""The language of the windows: Chinese as written, or English from ``translations``."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

LANGUAGE_VARIABLE = "KUASHENG_LANGUAGE"
"""``zh`` or ``en``; anything else, or nothing, leaves it to the system."""


class Language(Enum):
    CHINESE = "zh"
    ENGLISH = "en"


def language_for(wanted: str, system: QLocale) -> Language:
    """The wanted one; else English on an English desktop and Chinese on any other."""
    for language in Language:
        if wanted.strip().lower() == language.value:
            return language
    english = system.language() is QLocale.Language.English
    return Language.ENGLISH if english else Language.CHINESE


def speak(app: QCoreApplication, wanted: str) -> Language:
    """Before the first window is made."""
    language = language_for(wanted, QLocale.system())
    if language is Language.ENGLISH:
        app.installTranslator(english(app))
    return language


def english(parent: QCoreApplication) -> QTranslator:
    """The translator that came with the program."""
    translator = QTranslator(parent)
    built = Path(__file__).with_name("translations") / "kuasheng_en.qm"
    read = translator.load(str(built))
    assert read, built
    return translator
