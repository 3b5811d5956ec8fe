"""Every sentence the bot says, in Fluent files: one folder a language, one file a conversation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("nl", "en")
FOLDER = Path(__file__).parent


class Words:
    """The sentences of one language: `words("share-thanks", number=12)`.

    A key that is missing raises KeyError: a test reads all keys, so that no person meets one.
    """

    def __init__(self, language: str) -> None:
        """Take "nl" or "en"; anything else gives Dutch."""
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._bundle = _bundle(self.language)
        self._fixed = _fixed(self.language)

    def __call__(self, key: str, **values: str | float) -> str:
        """Return the sentence under `key`, with its values filled in."""
        if values:
            return self._said(key, values)
        if key not in self._fixed:
            self._fixed[key] = self._said(key, values)
        return self._fixed[key]

    def has(self, key: str) -> bool:
        """Return whether there is a sentence under `key`."""
        return self._bundle.has_message(key)

    def _said(self, key: str, values: dict[str, str | float]) -> str:
        if not self._bundle.has_message(key):
            raise KeyError(f"{self.language}: {key}")
        message = self._bundle.get_message(key)
        if message.value is None:
            raise KeyError(f"{self.language}: {key} has no text")
        text, faults = self._bundle.format_pattern(message.value, values)
        if faults:
            raise KeyError(f"{self.language}: {key}: {faults[0]}")
        return str(text)


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for path in sorted((FOLDER / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf8")))
    return bundle


@cache
def _fixed(language: str) -> dict[str, str]:
    """Return the sentences without values that were said before: most of what a form says, and always the same."""
    return {}
