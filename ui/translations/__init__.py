"""What the windows say in English: ``tests/rig/translations.py`` keeps and builds it."""
