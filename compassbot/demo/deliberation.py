"""One deliberation of the history: its case holder, its group, and how each round goes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime, time, timedelta

from compassbot.conversations.round_forms import TAPS
from compassbot.demo.plan import Case
from compassbot.demo.scripts import Judgement, Sequel
from compassbot.demo.stage import Stage
from compassbot.model.deliberations import HIGHEST_STAKE
from compassbot.model.dilemmas import TEXTS, Dilemma
from compassbot.model.quiet_hours import HERE, QuietHours
from compassbot.talk.view import Answer

Answers = Mapping[str, Answer]
ENOUGH = 5
"""How many people have a judgement of their own in the scripts."""
ABSENT = 0.3
"""How often somebody lets a round go by."""
PRESSED = 0.6
"""How often the facilitator closes a round that somebody lets go by; else its time runs out."""


def deliberate(stage: Stage, case: Case, sequel: Sequel) -> AsyncIterator[datetime]:
    """Play a deliberation, from the command of its case holder to the looking back; yield when it goes on."""
    return _Talk(stage, case, sequel).play()


class _Talk:
    def __init__(self, stage: Stage, case: Case, sequel: Sequel) -> None:
        self._stage = stage
        self._case = case
        self._sequel = sequel
        self._random = case.random
        self._texts = case.script.texts(stage.language)
        self._group = list(case.group)
        self._id = ""
        self._turns: Mapping[str, Callable[[Dilemma], Awaitable[None]]] = {
            "clarify": self._ask_facts,
            "park": self._park,
            "principles": self._rate,
            "perspectives": self._speak_for,
            "alternatives": self._think_of,
            "judge": self._judge,
            "compare": self._compare,
            "conclude": self._conclude,
            "agree": self._vote,
            "evaluate": self._tap,
        }

    async def play(self) -> AsyncIterator[datetime]:
        """Yield each moment at which somebody of this group does something."""
        yield self._case.starts
        await self._share()
        yield self._later(20, 35)
        while (dilemma := await self._stage.dilemma(self._id)).status == "open":
            kind = self._stage.round(dilemma).kind
            if self._case.end == "withdrawn" and kind == "alternatives":
                await self._stage.presses_at_once(self._case.author, "withdraw_dilemma", self._id)
                return
            await self._turns[kind](dilemma)
            if self._stops_at(kind):
                return
            if kind == "clarify":
                yield self._later(20, 50)
                await self._reply()
            async for moment in self._close(dilemma):
                yield moment
            yield self._later(20, 45)
        if self._case.end == "agreed":
            yield datetime.combine(self._case.look_back + timedelta(days=1), time(10, 20), HERE)
            await self._look_back()

    @property
    def _is_left_open(self) -> bool:
        """Whether a visitor can still join in: such a group is quick, so that it gets there in time."""
        return self._case.end in ("facts-open", "judgement-open")

    def _stops_at(self, kind: str) -> bool:
        return (self._case.end, kind) in {("facts-open", "clarify"), ("judgement-open", "judge")}

    async def _share(self) -> None:
        author = self._case.author
        form = await self._stage.commands(author, "dilemma")
        filled = {name: getattr(self._texts, name) for name in TEXTS}
        filled |= {"department": self._case.script.department, "time": self._case.time}
        shown = await self._stage.turns_page(author, form.action, "", filled)
        stands = {question.name: question.initial for question in shown.questions}
        await self._stage.submits(author, shown.action, shown.about, stands)
        self._id = (await self._stage.run(lambda books: books.dilemmas.with_status("open")))[-1].id

    async def _close(self, before: Dilemma) -> AsyncIterator[datetime]:
        """Wait for a round that not everybody answered: the facilitator closes it, or its time runs out."""
        if not await self._is_open(before):
            return
        pressed = self._random.random() < PRESSED or self._is_left_open
        if self._stage.round(before).kind != "conclude" and pressed:
            yield self._later(25, 60)
            if await self._is_open(before):
                about = f"{before.id}:{before.round}"
                await self._stage.presses_at_once(self._stage.office.with_role("facilitator")[0], "close_round", about)
        while await self._is_open(before):
            yield (await self._stage.dilemma(self._id)).closes_at + timedelta(seconds=30)

    async def _is_open(self, before: Dilemma) -> bool:
        now = await self._stage.dilemma(self._id)
        return now.status == "open" and now.round == before.round

    async def _answer(self, dilemma: Dilemma, given: Sequence[Answers]) -> None:
        """Let one after the other answer; who has nothing to say lets the round go by."""
        about = f"{dilemma.id}:{dilemma.round}"
        for person, answers in zip(self._group, given, strict=False):
            self._stage.pass_by(self._random.uniform(20, 150))
            told = {"department": self._case.group[person], **answers}
            await self._stage.submits(person, "take_turn", about, told)

    def _present(self, most: int = 99) -> int:
        """Return how many of the group answer this round."""
        away = 1 if self._random.random() < ABSENT and not self._is_left_open else 0
        return min(len(self._group) - away, most)

    def _with_silent(self, said: Sequence[Answers], silent: Answers) -> list[Answers]:
        """Return what is said, and of the others one or two who only say that they have nothing to add."""
        silents = len(self._group) if self._is_left_open else self._random.choice((0, 1, 2))
        return [*said, *[silent] * silents][: self._present()]

    async def _ask_facts(self, dilemma: Dilemma) -> None:
        number = self._random.choice((1, 2))
        asked = [{"question": each.question} for each in self._texts.questions[:number]]
        silent = {"question": ""}
        if self._case.end == "facts-open":
            await self._answer(dilemma, [asked[0], silent])
        else:
            await self._answer(dilemma, [*asked, *[silent] * (len(self._group) - number)])

    async def _reply(self) -> None:
        answers = {each.question: each.answer for each in self._texts.questions}
        asked = await self._stage.run(lambda books: books.answers.asked(self._id))
        for each in sorted(asked, key=lambda each: each.question):
            await self._stage.submits(self._case.author, "reply", each.id, {"answer": answers[each.question]})

    async def _park(self, dilemma: Dilemma) -> None:
        await self._answer(dilemma, [{"choice": self._first_reaction()} for _ in range(self._present())])

    def _first_reaction(self) -> str:
        weights = {"a": (5, 2, 2), "b": (2, 5, 2), "other": (3, 3, 4), "split": (4, 4, 2)}
        return self._random.choices(("a", "b", "unsure"), weights[self._case.script.leaning])[0]

    async def _rate(self, dilemma: Dilemma) -> None:
        said = [{"principle": each.principle, "why": each.why} for each in self._texts.why]
        rest = [{"principle": self._random.choice(self._case.script.principles), "why": ""} for _ in self._group]
        given = [{**answers, **self._stakes()} for answers in (said + rest)[: self._present()]]
        await self._answer(dilemma, given)

    def _stakes(self) -> dict[str, str]:
        def near(stake: int) -> int:
            return min(max(stake + self._random.choice((-1, 0, 0, 0, 1)), 0), HIGHEST_STAKE)

        return {f"stake-{principle}": str(near(stake)) for principle, stake in self._case.script.stakes.items()}

    async def _speak_for(self, dilemma: Dilemma) -> None:
        said = [{"who": each.who, "matters": each.matters} for each in self._texts.perspectives]
        await self._answer(dilemma, said[: self._present()])

    async def _think_of(self, dilemma: Dilemma) -> None:
        thought = [{"option": each} for each in self._texts.alternatives]
        await self._answer(dilemma, self._with_silent(thought, {"option": ""}))

    async def _judge(self, dilemma: Dilemma) -> None:
        number = 3 if self._case.end == "judgement-open" else self._present(ENOUGH)
        judgements = self._random.sample(self._texts.judgements, number)
        letters = await self._letters(dilemma)
        await self._answer(dilemma, [self._judgement(each, letters) for each in judgements])

    def _judgement(self, said: Judgement, letters: Mapping[str, str]) -> Answers:
        choice = said.choice
        if choice == "other":
            meant = self._case.script.meant(said, self._stage.language)
            choice = next(letter for letter, label in letters.items() if label.endswith(meant))
        return {"choice": choice, "principle": said.principle, "why": said.why, "cost": said.cost}

    async def _letters(self, dilemma: Dilemma) -> Mapping[str, str]:
        """Return the options as they stand on the form, by their letter."""
        form = await self._stage.presses(self._group[0], "take_turn", f"{dilemma.id}:{dilemma.round}")
        choices = next(question.choices for question in form.questions if question.name == "choice")
        return {choice.value: choice.label for choice in choices}

    async def _compare(self, dilemma: Dilemma) -> None:
        same = {"same": self._texts.compare.same, "different": ""}
        different = {"same": "", "different": self._texts.compare.different}
        await self._answer(dilemma, self._with_silent([same, different], {"same": "", "different": ""}))

    async def _conclude(self, dilemma: Dilemma) -> None:
        if self._case.end == "nobody-concluded":
            return
        about, person, script = f"{dilemma.id}:{dilemma.round}", self._group[0], self._case.script
        first = {
            "agreement": self._texts.agreement,
            "owner": self._texts.owner,
            "look_back": self._case.look_back.isoformat(),
        }
        second: dict[str, Answer] = {
            "theme": script.theme,
            "cause": script.cause,
            "block": script.block,
            "principles": script.principles,
            "often": "structural" if script.structural else "incident",
            "departments": script.departments,
            "sentence": self._texts.sentence,
        }
        form = await self._stage.turns_page(person, "conclude", about, first)
        await self._stage.submits(person, form.action, about, second)

    async def _vote(self, dilemma: Dilemma) -> None:
        against = 3 if self._case.end == "against" else 1 if self._random.random() < 0.3 else 0
        number = self._present()
        reasons = self._random.sample(self._sequel.against, against)
        no = [{"agree": "no", "share": "yes", "keep": each[self._stage.language]} for each in reasons]
        yes = [{"agree": "yes", "share": "yes", "keep": ""}] * (2 if self._case.end == "against" else number)
        await self._answer(dilemma, [*yes, *no] if self._case.end == "against" else [*no, *yes][:number])

    async def _tap(self, dilemma: Dilemma) -> None:
        taps = ("yes", "a-bit", "no", "dont-know")
        given = [{tap: self._random.choices(taps, (6, 3, 1, 1))[0] for tap in TAPS} for _ in range(self._present())]
        await self._answer(dilemma, given)

    async def _look_back(self) -> None:
        agreement = await self._stage.run(lambda books: books.findings.agreement(self._id))
        if not agreement or agreement.status != "asked":
            return
        for person in self._group[: self._random.choice((2, 4, 4, 5))]:
            kept = self._random.choices(("yes", "partly", "no"), (5, 4, 2))[0]
            reason = self._random.choice(self._sequel.kept[kept])[self._stage.language]
            await self._stage.submits(person, "look_back", self._id, {"kept": kept, "why": reason})

    def _later(self, fewest: float, most: float) -> datetime:
        return QuietHours().after(self._stage.now, self._random.uniform(fewest, most))
