"""Every widget with invented data, painted to PNG: ``python -m ui.widgets.gallery --out DIR``."""
