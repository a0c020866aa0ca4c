"""Another program at the same reader: ``python reader_hog.py READER MANNER``.

Says ``held`` once it is connected, and lets go when its standard input closes. The manner is
``exclusive``, ``shared``, ``transaction`` (shared, and nobody else comes near the card), or
``reset``, which resets the card again and again, as careless programs do.
"""

from __future__ import annotations

import select
import sys
import time

from smartcard import scard


def main() -> None:
    reader, manner = sys.argv[1:]
    share = scard.SCARD_SHARE_EXCLUSIVE if manner == "exclusive" else scard.SCARD_SHARE_SHARED
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    code = handle = 1
    while code:
        code, handle, _ = scard.SCardConnect(context, reader, share, protocols)
        time.sleep(0.02)
    if manner == "transaction":
        scard.SCardBeginTransaction(handle)
    sys.stdout.write("held\n")
    sys.stdout.flush()
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        if manner == "reset":
            scard.SCardReconnect(handle, share, protocols, scard.SCARD_RESET_CARD)
    scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)


if __name__ == "__main__":
    main()
