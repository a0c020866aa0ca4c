"""Frames of an encrypted file that only grows at its end, each sealed for its place in the file.

The file is :data:`MAGIC`, a salt, and frames: the length of what follows (4 bytes, big-endian), a
check of number and length (8 bytes), a nonce (12 bytes), and the content under AES-256-GCM with the
frame's number as associated data. Both keys come from the journal's key and the salt (HKDF-SHA256),
so a frame fits no other place and no other file. Frame 0 is :data:`OPENING`: it proves the key.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from msgspec import Struct

MAGIC = b"kuasheng-desk intents 1\n"
OPENING = b"opening"
_SALT = 16
_LENGTH = 4
_CHECK = 8
_NONCE = 12
_FRAME_HEAD = _LENGTH + _CHECK
_TAG = 16
BLANK = len(MAGIC) + _SALT + _FRAME_HEAD + _NONCE + len(OPENING) + _TAG
"""Bytes of a file that holds frame 0 only."""


class NotSealed(ValueError):
    """Another key, or not what was sealed for this place."""


class Found(Struct, frozen=True):
    """What a file holds, frame 0 left out."""

    contents: tuple[bytes, ...]
    damaged: bool
    """Something is not as it was written; a torn end is no damage."""
    seal: Seal | None
    """To go on with; None when the file does not end with its last frame."""


class Seal:
    """The keys of one file."""

    def __init__(self, key: bytes, salt: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        both = HKDF(SHA256(), length=64, salt=salt, info=MAGIC).derive(key)
        self._cipher = AESGCM(both[:32])
        self._check_key = both[32:]
        self._salt = salt

    @classmethod
    def fresh(cls, key: bytes) -> Seal:
        return cls(key, os.urandom(_SALT))

    def file(self, contents: Iterable[bytes]) -> bytes:
        """A whole file of frames 0, 1, 2 …"""
        frames = [self.frame(number, one) for number, one in enumerate((OPENING, *contents))]
        return MAGIC + self._salt + b"".join(frames)

    def frame(self, number: int, content: bytes) -> bytes:
        """One frame; its nonce is random, for a number is used again after a failed write."""
        nonce = os.urandom(_NONCE)
        body = nonce + self._cipher.encrypt(nonce, content, _place(number))
        length = len(body).to_bytes(_LENGTH, "big")
        return length + self._check(number, length) + body

    def length(self, number: int, head: bytes) -> int:
        """Bytes after the head of a frame. Raises :class:`NotSealed`."""
        from hmac import compare_digest

        length, check = head[:_LENGTH], head[_LENGTH:]
        if not compare_digest(check, self._check(number, length)):
            raise NotSealed
        return int.from_bytes(length, "big")

    def content(self, number: int, body: bytes) -> bytes:
        """What was sealed. Raises :class:`NotSealed`."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(body[:_NONCE], body[_NONCE:], _place(number))
        except (InvalidTag, ValueError) as fault:
            raise NotSealed from fault

    def _check(self, number: int, length: bytes) -> bytes:
        from hmac import digest

        return digest(self._check_key, _place(number) + length, "sha256")[:_CHECK]


def read_sealed(data: bytes, key: bytes) -> Found:
    """Every frame that can be read.

    Raises :class:`NotSealed` when frame 0 does not open: it is another key, or no such file.
    """
    start = len(MAGIC) + _SALT
    if not data.startswith(MAGIC) or len(data) < start:
        raise NotSealed
    seal = Seal(key, data[len(MAGIC) : start])
    contents, left = _frames(seal, data[start:])
    if not contents or contents[0] != OPENING:
        raise NotSealed
    read = tuple(content for content in contents[1:] if content is not None)
    damaged = len(read) + 1 < len(contents) or _is_no_torn_end(seal, len(contents), left)
    return Found(read, damaged, None if damaged or left else seal)


def _frames(seal: Seal, rest: bytes) -> tuple[list[bytes | None], bytes]:
    """The content of each frame, None where it is damaged; and what no frame begins or ends."""
    contents: list[bytes | None] = []
    while len(rest) >= _FRAME_HEAD:
        try:
            end = _FRAME_HEAD + seal.length(len(contents), rest[:_FRAME_HEAD])
        except NotSealed:
            break
        if len(rest) < end:
            break
        contents.append(_opened(seal, len(contents), rest[_FRAME_HEAD:end]))
        rest = rest[end:]
    return contents, rest


def _opened(seal: Seal, number: int, body: bytes) -> bytes | None:
    try:
        return seal.content(number, body)
    except NotSealed:
        return None


def _is_no_torn_end(seal: Seal, number: int, left: bytes) -> bool:
    """A power cut leaves the beginning of a frame, or zeros."""
    if len(left) < _FRAME_HEAD or not any(left):
        return False
    try:
        return not seal.length(number, left[:_FRAME_HEAD])
    except NotSealed:
        return True


def _place(number: int) -> bytes:
    return number.to_bytes(8, "big")
