"""Widgets shared by all windows: each shows given frozen data (``shown.py``) and says what was
asked for by a signal; none knows a rule."""
