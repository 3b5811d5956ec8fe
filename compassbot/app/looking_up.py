"""A principle on the command line."""

from __future__ import annotations

from compassbot.model.principles import Principle, Principles, load_principles
from compassbot.settings import Settings
from compassbot.words import Words


def principle_text(settings: Settings, name: str) -> str:
    """Return a principle as text, or the list of all. Raises YamlFault."""
    principles = load_principles(settings.principles)
    words = Words(settings.language)
    if not name:
        return _list(principles.principles, words)
    found = principles.look_up(name, words.language)
    if found.found:
        return _one(principles, found.found, words)
    return f"{words('principles-unknown', asked=name[:60])}\n{_list(found.nearest, words)}"


def _list(some: tuple[Principle, ...], words: Words) -> str:
    return "\n".join(f"{each.name(words.language)}: {each.meaning(words.language)}" for each in some)


def _one(principles: Principles, principle: Principle, words: Words) -> str:
    language = words.language
    questions = "\n".join(f"- {each}" for each in principle.questions(language))
    tensions = "\n".join(
        f"- {other.name(language)}: {tension(language)}" for other, tension in principles.tensions_of(principle.id)
    )
    return (
        f"{principle.name(language)}\n{principle.meaning(language)}\n\n"
        f"{words('principle-questions')}\n{questions}\n\n"
        f"{words('principle-example')} {principle.example(language)}\n\n"
        f"{words('principle-tensions')}\n{tensions}\n\n{words('principle-ours')}"
    )
