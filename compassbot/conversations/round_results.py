"""What a group said in a round: each kind of round has its own way to show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from compassbot.conversations.desk import Desk
from compassbot.conversations.round_forms import options
from compassbot.conversations.weekly_digest import names_of
from compassbot.model.deliberations import HIGHEST_STAKE, MINIMUM, VOICES, moved, percentages, stakes, unnamed
from compassbot.model.dilemmas import Dilemma
from compassbot.model.methods import Round
from compassbot.model.quiet_hours import HERE
from compassbot.talk.view import Facts, Part, Text, plain
from compassbot.words import Words

Given = Sequence[tuple[str, Mapping[str, Any]]]
"""Who (a hash) answered what."""


def proposal(desk: Desk, dilemma: Dilemma, words: Words) -> list[Part]:
    """Return what was proposed at the conclusion: the agreement, and the codes of the finding."""
    agreement = desk.books.findings.agreement(dilemma.id)
    finding = desk.books.findings.coded(dilemma.id)
    if not agreement or not finding:
        return []
    names, language = names_of(desk.house, words.language), words.language
    parts: list[Part] = [
        Text(f"**{words('proposal-agreement')}** {plain(agreement.agreement)}"),
        Facts(
            (
                (words("proposal-owner"), plain(agreement.owner)),
                (words("proposal-look-back"), date_in(words, agreement.look_back)),
                (words("proposal-theme"), plain(names("theme", finding.theme))),
                (words("proposal-cause"), plain(names("cause", finding.cause))),
                (words("proposal-block"), plain(names("block", finding.block))),
                (words("proposal-principles"), _principles_named(desk, words, finding.principles)),
                (words("proposal-often"), words("structural" if finding.structural else "incident")),
                (
                    words("proposal-departments"),
                    ", ".join(plain(desk.organisation.department(each, language)) for each in finding.departments),
                ),
            )
        ),
    ]
    if finding.sentence:
        parts.append(Text(f"**{words('proposal-sentence')}** {plain(finding.sentence)}"))
    return parts


def date_in(words: Words, day: Any) -> str:
    """Return a day as people write it: 12 januari 2027."""
    return words("a-date", day=day.day, month=words(f"month-{day.month}"), year=str(day.year))


def moment_in(words: Words, moment: datetime) -> str:
    """Return a moment as people here say it: dinsdag 12 januari 2027 om 12:00."""
    local = moment.astimezone(HERE)
    weekday = words(f"weekday-{local.weekday()}")
    return words("until", weekday=weekday, time=f"{local:%H:%M}", date=date_in(words, local))


def what_was_said(desk: Desk, dilemma: Dilemma, words: Words, round: Round, given: Given) -> list[Part]:
    """Return what the answers of a round say together; [] when there is nothing to show."""
    return _SAID[round.kind](desk, dilemma, words, given)


def _facts(desk: Desk, dilemma: Dilemma, words: Words, _: Given) -> list[Part]:
    asked = desk.books.answers.asked(dilemma.id)
    return [
        Text(f"**{words('clarify-asked')}** {plain(each.question)}\n\n> {_replied(words, each.answer)}")
        for each in asked
    ]


def _replied(words: Words, answer: str) -> str:
    if not answer:
        return f"_{words('clarify-waits')}_"
    return f"**{words('case-holder')}:** " + plain(answer).replace("\n", "\n> ")


def _parked(_desk: Desk, _dilemma: Dilemma, words: Words, given: Given) -> list[Part]:
    return [Text(words("parked", people=len(given)))] if given else []


def _at_stake(desk: Desk, _: Dilemma, words: Words, given: Given) -> list[Part]:
    found = stakes([content["stakes"] for _, content in given])
    if not found:
        return []
    pairs = tuple((_principle(desk, words, each.principle), _bar(words, each.mean, each.voices)) for each in found)
    why = [
        (_principle(desk, words, content["principle"]), content["why"]) for _, content in given if content.get("why")
    ]
    return [Facts(pairs), *_quotes(words("why-title"), why)]


def _bar(words: Words, mean: float, voices: int) -> str:
    full = round(mean)
    return words(
        "stake-mean",
        bar="●" * full + "○" * (HIGHEST_STAKE - full),
        mean=f"{mean:.1f}".replace(".", words("point")),
        voices=voices,
    )


def _voices(_desk: Desk, _dilemma: Dilemma, words: Words, given: Given) -> list[Part]:
    named = [
        (content[who], content[matters])
        for _, content in given
        for who, matters in (("who", "matters"), ("who2", "matters2"))
        if content.get(who) and content.get(matters)
    ]
    ordered = sorted(named, key=lambda pair: VOICES.index(pair[0]))
    parts = _quotes("", [(words(f"voice-{voice}"), matters) for voice, matters in ordered])
    missing = unnamed(voice for voice, _ in named)
    if given and missing:
        listed = ", ".join(words(f"voice-{voice}").lower() for voice in missing)
        parts.append(Text(words("voices-missing", voices=listed)))
    return parts


def _thought_of(desk: Desk, dilemma: Dilemma, words: Words, _: Given) -> list[Part]:
    more = options(desk, dilemma)[2:]
    return [Text("\n".join(f"- **{letter.upper()}** {plain(option)}" for letter, option in more))] if more else []


def _judged(desk: Desk, dilemma: Dilemma, words: Words, given: Given) -> list[Part]:
    if not given:
        return []
    labels = dict(options(desk, dilemma))
    tally = percentages(content["choice"] for _, content in given)
    pairs = tuple(
        (f"{choice.upper()} · {share}%", f"{plain(labels.get(choice, '?'))} ({words('people', people=count)})")
        for choice, count, share in tally
    )
    reasons = [
        (
            f"{content['choice'].upper()}, {_principle(desk, words, content['principle'])}",
            f"{content['why']} {words('cost-said', cost=content['cost'])}",
        )
        for _, content in sorted(given, key=lambda pair: str(pair[1]["choice"]))
    ]
    return [Facts(pairs), *_quotes(words("reasons-title"), reasons), *_shifted(desk, dilemma, words, given)]


def _shifted(desk: Desk, dilemma: Dilemma, words: Words, given: Given) -> list[Part]:
    parked = {
        who: str(content["choice"])
        for round in desk.house.methods[dilemma.method].rounds
        if round.kind == "park"
        for who, content in desk.books.answers.of_round(dilemma.id, round.id)
    }
    count = moved(parked, {who: str(content["choice"]) for who, content in given})
    tells_one = len(given) < MINIMUM or count == len(given)
    return [] if tells_one or not parked else [Text(words("shifted", people=count))]


def _compared(desk: Desk, dilemma: Dilemma, words: Words, given: Given) -> list[Part]:
    parts = _minority(desk, dilemma, words)
    same = [("", content["same"]) for _, content in given if content.get("same")]
    different = [("", content["different"]) for _, content in given if content.get("different")]
    return [*parts, *_quotes(words("same-title"), same), *_quotes(words("different-title"), different)]


def _minority(desk: Desk, dilemma: Dilemma, words: Words) -> list[Part]:
    judged = [
        content
        for round in desk.house.methods[dilemma.method].rounds
        if round.kind == "judge"
        for _, content in desk.books.answers.of_round(dilemma.id, round.id)
    ]
    tally = percentages(content["choice"] for content in judged)
    if len(tally) < 2:
        return []
    if tally[0][1] == tally[1][1]:
        return [Text(words("no-majority"))]
    most = tally[0][0]
    kept = [
        (f"{content['choice'].upper()}, {_principle(desk, words, content['principle'])}", content["why"])
        for content in judged
        if content["choice"] != most
    ]
    return [Text(words("minority", most=most.upper())), *_quotes("", kept)]


def _proposed(desk: Desk, dilemma: Dilemma, words: Words, _: Given) -> list[Part]:
    return proposal(desk, dilemma, words)


def _agreed(_desk: Desk, _dilemma: Dilemma, words: Words, given: Given) -> list[Part]:
    if not given:
        return []
    yes = sum(1 for _, content in given if content["agree"] == "yes")
    kept = [("", content["keep"]) for _, content in given if content.get("keep")]
    return [Text(words("agreed", yes=yes, no=len(given) - yes)), *_quotes(words("keep-title"), kept)]


def _tapped(_desk: Desk, _dilemma: Dilemma, words: Words, given: Given) -> list[Part]:
    pairs: list[tuple[str, str]] = []
    for tap in given[0][1] if given else ():
        counted = percentages(str(content[tap]) for _, content in given)
        pairs.append(
            (words(f"tap-ask-{tap}"), ", ".join(f"{words(f'tap-{answer}')} {count}×" for answer, count, _ in counted))
        )
    return [Facts(tuple(pairs))] if pairs else []


_SAID: Mapping[str, Callable[[Desk, Dilemma, Words, Given], list[Part]]] = {
    "clarify": _facts,
    "park": _parked,
    "principles": _at_stake,
    "perspectives": _voices,
    "alternatives": _thought_of,
    "judge": _judged,
    "compare": _compared,
    "conclude": _proposed,
    "agree": _agreed,
    "evaluate": _tapped,
}


def _quotes(title: str, said: Sequence[tuple[str, str]]) -> list[Part]:
    if not said:
        return []
    lines = [f"- **{plain(who)}:** {_one_line(what)}" if who else f"- {_one_line(what)}" for who, what in said]
    head = [f"**{title}**", ""] if title else []
    return [Text("\n".join((*head, *lines)))]


def _one_line(text: str) -> str:
    return plain(" ".join(text.split()))


def _principle(desk: Desk, words: Words, key: str) -> str:
    try:
        return desk.house.principles.get(key).name(words.language)
    except KeyError:  # the organisation changed its principles since
        return plain(key)


def _principles_named(desk: Desk, words: Words, ids: Sequence[str]) -> str:
    return ", ".join(_principle(desk, words, each) for each in ids)
