"""Windows, driven without a screen; ``conftest.py`` watches every test here."""
