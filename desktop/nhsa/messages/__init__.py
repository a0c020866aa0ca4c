"""The platform's messages, one file per topic; :mod:`~desktop.nhsa.messages.by_number` has them all.

Both sides use the same types: the desk writes inputs and reads outputs, the practice platform
reads inputs and writes outputs. :mod:`desktop.nhsa.envelope` does the reading and writing.
"""
