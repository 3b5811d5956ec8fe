"""Payloads as Slack would never send them, made from real ones: the same from the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

from tests.slack import payloads

Found = dict[str, Any]
MARK = "GEHEIM-7391"
"""Stands in everything that is made up, so that a log that quotes it is found."""
_RAW = "@@RAW-{}@@"
_DEPTHS = (40, 400, 900, 990, 1_000, 5_000)
_SIGNS = '%"{}[]:,\\ &+=#;<>'
_NUMBERS = ("1e999", "-1e999", "NaN", "Infinity", "1" * 400, "-0", "0.1e-400", "1" * 5_000)
_IDS = (
    "U0FATMA",
    "C0DILEMMAS",
    "T0KOMPAS",
    "W0ORG",
    "B0KOMPAS",
    "slack:U0FATMA",
    "U",
    "u0fatma",
    "U0-1",
    "U0\n",
    "U" * 60,
)
_KEYS = (
    "type",
    "team",
    "team_id",
    "user",
    "event",
    "view",
    "actions",
    "channel",
    "message",
    "command",
    "authorizations",
)


class Fuzz:
    """Makes payloads and bytes by chance."""

    def __init__(self, seed: int) -> None:
        """Take the seed."""
        self._luck = random.Random(seed)
        self._raws: list[str] = []

    def amiss(self, bodies: Sequence[Found], most: int = 3) -> Found:
        """Return one of the payloads with up to three things in it amiss."""
        body = deepcopy(self._luck.choice(bodies))
        for _ in range(self._luck.randint(1, most)):
            self._spoil(body)
        return body

    def spoilt(self, body: Found, *path: Any) -> Found:
        """Return a payload in which what lies at a path is gone, or something else."""
        body = deepcopy(body)
        inner: Any = body
        for key in path[:-1]:
            inner = inner[key]
        if self._luck.random() < 0.3:
            del inner[path[-1]]
        else:
            inner[path[-1]] = self._junk()
        return body

    def packed(self, body: Found) -> tuple[bytes, str]:
        """Return it as Slack would send it, with numbers, depths and doubled keys that Python does not write."""
        if "command" in body and "type" not in body:
            form = {key: one if isinstance(one, str) else self.text(one) for key, one in body.items()}
            return urlencode(form, errors="surrogatepass").encode(), payloads.FORM
        text = self.text(body)
        if body.get("type") == "event_callback":
            return text.encode(), "application/json"
        for sign in _SIGNS:
            text = text.replace(sign, f"%{ord(sign):02X}")  # as urllib does, which takes most of the time of the test
        return f"payload={text}".encode(), payloads.FORM

    def broken(self, raw: bytes) -> bytes:
        """Return bytes that are cut off, or in which some are other ones, or that are none of it."""
        return self._luck.choice((self._cut, self._flipped, self._binary, self._doubled))(raw)

    def kind(self) -> str:
        """Return a content type."""
        return self._luck.choice(
            (
                "application/json",
                payloads.FORM,
                "text/plain",
                "",
                "multipart/form-data",
                "application/json; charset=x",
                "é",
            )
        )

    def unsigned(self, headers: dict[str, str]) -> dict[str, str]:
        """Return headers with which Slack would sign nothing."""
        spoilt = dict(headers)
        name = self._luck.choice(("x-slack-signature", "x-slack-request-timestamp"))
        value = spoilt.pop(name)
        if self._luck.random() < 0.8:
            spoilt[name] = self._luck.choice(
                ("", "v0=", value[:-1], value + "0", "²", "9" * 5_000, "-1", "0", MARK, "v0=é")
            )
        return spoilt

    def length(self, raw: bytes) -> str:
        """Return a length that a request may claim."""
        return self._luck.choice(("", "²", "9" * 5_000, "-1", "1e3", *[str(len(raw))] * 5))

    # How

    def _spoil(self, body: Found) -> None:
        """Spoil one thing, somewhere."""
        places = [place for place in _places(body) if place[0]]
        inner, key = self._luck.choice(places)
        chance = self._luck.random()
        if chance < 0.25:
            del inner[key]
        elif chance < 0.35 and isinstance(inner, dict):
            inner[self._luck.choice(_KEYS)] = self._junk()
        elif chance < 0.45:
            inner[key] = [inner[key]] if self._luck.random() < 0.5 else {MARK: inner[key]}
        elif chance < 0.55:
            other, name = self._luck.choice(places)
            inner[key] = deepcopy(other[name])
        else:
            inner[key] = self._junk()

    def _junk(self) -> Any:
        return self._luck.choice(
            (
                lambda: None,
                lambda: self._luck.choice((True, False, 0, -1, 2**63, 0.5)),
                lambda: self._raw(self._luck.choice(_NUMBERS)),
                self._deep,
                list,
                dict,
                lambda: [self._text()],
                lambda: {self._text(): self._text()},
                lambda: [None, {}, [[]], self._text()],
                lambda: self._luck.choice(_IDS),
                self._text,
                self._text,
                self._twice,
            )
        )()

    def _text(self) -> str:
        said = self._luck.choice(
            (
                "",
                "\x00",
                "\ud800",
                "\udfff\ud800",
                "\u202e",
                "🙂",
                "<@U0MEI>",
                "é",
                "'; --",
                "{{",
                "%s%n",
                "\r\n",
                "<script>",
                "a" * 300,
            )
        )
        if self._luck.random() < 0.02:
            said = "a" * 200_000
        return MARK + said

    def _deep(self) -> str:
        depth = 100_000 if self._luck.random() < 0.05 else self._luck.choice(_DEPTHS)
        opens, closes = self._luck.choice((("[", "]"), ('{"view":', "}"), ('{"event":', "}")))
        return self._raw(opens * depth + ("1" if opens != "[" else "") + closes * depth)

    def _twice(self) -> str:
        return self._raw(f'{{"id":"U0FATMA","id":{{"{MARK}":1}},"id":null,"id":"U0JOOST"}}')

    def _raw(self, text: str) -> str:
        self._raws.append(text)
        return _RAW.format(len(self._raws) - 1)

    def text(self, body: Any) -> str:
        """Return it as JSON, in ASCII."""
        text = json.dumps(body)
        for number, raw in enumerate(self._raws):
            text = text.replace(f'"{_RAW.format(number)}"', raw).replace(_RAW.format(number), MARK)
        self._raws.clear()
        return text

    def _cut(self, raw: bytes) -> bytes:
        return raw[: self._luck.randrange(len(raw))]

    def _flipped(self, raw: bytes) -> bytes:
        spoilt = bytearray(raw)
        for _ in range(self._luck.randint(1, 20)):
            spoilt[self._luck.randrange(len(spoilt))] = self._luck.randrange(256)
        return bytes(spoilt)

    def _binary(self, raw: bytes) -> bytes:
        return self._luck.randbytes(self._luck.choice((0, 1, 10, 1_000, 10_000)))

    def _doubled(self, raw: bytes) -> bytes:
        return raw * self._luck.randint(2, 400)


def _places(inner: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a payload: what holds it, and its key."""
    if isinstance(inner, dict):
        for key, one in inner.items():
            yield inner, key
            yield from _places(one)
    elif isinstance(inner, list):
        for number, one in enumerate(inner):
            yield inner, number
            yield from _places(one)
