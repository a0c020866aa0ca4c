"""One question to the system's keyring: ``python -m tests.ledger.key_asker WHAT …``; JSON out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from desktop.domain.problems import DeskError
from desktop.ledger.keys import gateway_token, journal_key, system_vault


def answer(what: str, *words: str) -> dict[str, str]:
    import keyring

    vault = system_vault()
    if what == "journal-key":
        kind = type(keyring.get_keyring())
        key = journal_key(vault, Path(words[0]))
        return {"key": key.hex(), "backend": f"{kind.__module__}.{kind.__qualname__}"}
    if what == "gateway-token":
        return {"token": gateway_token(vault)}
    if what == "put":
        vault.put(words[0], words[1])
        return {}
    return {"kept": vault.get(words[0]) or ""}


def main() -> None:
    try:
        said = answer(*sys.argv[1:])
    except DeskError as fault:
        said = {"problem": fault.problems[0].code}
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
