"""The web chat keeps what it promises, spoken to as a browser speaks: over HTTP, to the real pages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from compassbot.chats.web import Channel, Colleague, MemoryArchive, Office, WebChat, routes
from compassbot.chats.web.answers import Asked, faults, read
from compassbot.chats.web.fence import MOST_BYTES
from compassbot.chats.web.house import house
from compassbot.chats.web.markdown import block
from compassbot.chats.web.when import said_at
from compassbot.conversations.lines import Lines
from compassbot.talk.chat import Event, Person, Place, Reply
from compassbot.talk.errors import Refused, Unreachable
from compassbot.talk.typed import command_of
from compassbot.talk.view import Button, Card, Cards, Facts, Form, Question, Text, choices, mention, plain
from compassbot.words import FOLDER, LANGUAGES, Words

MONDAY = datetime(2026, 11, 23, 8, 12, tzinfo=UTC)
DILEMMAS = Place("web:dilemmas")
NASTY = "a < b & *c* _d_ `e` [f](g) <script>alert(1)</script>\n1986. Een goed jaar\n# geen kop"


def both(nl: str, en: str) -> dict[str, str]:
    """Return a text in both languages."""
    return {"nl": nl, "en": en}


OFFICE = Office(
    both("Proefkantoor", "Test office"),
    (
        Colleague("fatma", "Fatma", both("Consulent", "Caseworker"), both("Inkomen", "Income")),
        Colleague("joost", "Joost", both("Consulent", "Caseworker"), both("Wmo", "Care")),
    ),
    (
        Channel("dilemmas", both("Dilemma's", "Dilemmas"), both("Denk mee", "Think along")),
        Channel("leren", both("Systeemleren", "System learning"), both("Elke week", "Every week")),
    ),
)
CARD: Cards = {
    "nl": Card(
        "Een dilemma",
        (Text("Wat **nu**?"), Facts((("Ronde", "eerste"),))),
        (
            Button("Doe mee", "join", "d1", form=True),
            Button("Sluit", "close", "d1", confirm="Dat kan maar één keer."),
        ),
    ),
    "en": Card("A dilemma", (Text("What **now**?"),), (Button("Join", "join", "d1", form=True),)),
}
EVERYTHING = Form(
    "Doe mee",
    "join",
    (Text("Neem de tijd."),),
    (
        Question("line", "Een regel", hint="Kort.", longest=20),
        Question("text", "Een tekst", kind="text", initial="Wat er <al> stond", longest=50),
        Question("one", "Kies", kind="one_of", choices=choices([("a", "A"), ("b", "B")]), initial="b"),
        Question("many", "Kies er meer", kind="some_of", choices=choices([("x", "X"), ("y", "Y")]), required=False),
        Question("long", "Kies uit veel", kind="one_of", choices=choices([(str(n), f"Nr {n}") for n in range(9)])),
        Question("much", "Hoeveel", kind="scale", choices=choices([("1", "weinig"), ("2", "veel")])),
        Question("day", "Wanneer", kind="date", required=False),
        Question("who", "Met wie", kind="people", required=False),
    ),
    about="d1",
    keep=True,
)
GOOD = {"answer.line": "Ja", "answer.text": "Zo", "answer.one": "a", "answer.long": "3", "answer.much": "2"}


@dataclass
class Clock:
    """An office clock that tells what was asked of it."""

    time: datetime = MONDAY
    asked: list[str] = field(default_factory=list[str])

    def now(self) -> datetime:
        """Return the time that was set."""
        return self.time

    async def forward(self, to: str) -> None:
        """Note where it was asked to go."""
        self.asked.append(to)


@dataclass
class Ears:
    """Hears everything, and answers each kind of event with what it was told to."""

    replies: dict[str, Reply] = field(default_factory=dict[str, Reply])
    why: dict[str, str] = field(default_factory=dict[str, str])
    heard: list[Event] = field(default_factory=list[Event])

    async def __call__(self, event: Event) -> Reply:
        """Hear one event."""
        self.heard.append(event)
        if self.why and event.kind == "submit":
            raise Refused(self.why)
        return self.replies.get(event.kind)


class Forms(HTMLParser):
    """Reads what a browser would send from each form of a page, by the words on its button."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.addresses: list[str] = []
        self.buttons: list[str] = []
        self._in_form = self._in_button = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form, or note one of its inputs."""
        values = {name: value or "" for name, value in attrs}
        self._in_form = self._in_form or tag == "form"
        if tag == "form":
            self.found.append({})
            self.addresses.append(values.get("action", ""))
            self.buttons.append("")
        elif tag == "input" and self.found and values.get("type") == "hidden":
            self.found[-1][values["name"]] = values["value"]
        self._in_button = self._in_form and tag == "button"

    def handle_endtag(self, tag: str) -> None:
        """Close a form or button."""
        self._in_form = self._in_form and tag != "form"
        self._in_button = self._in_button and tag != "button"

    def handle_data(self, data: str) -> None:
        """Note the words on a button."""
        if self._in_button and self.buttons:
            self.buttons[-1] += data.strip()

    def of(self, button: str) -> dict[str, str]:
        """Return the hidden inputs beside a button."""
        return self.found[self.buttons.index(button)]

    def to(self, address: str) -> dict[str, str]:
        """Return the hidden inputs of the first form that goes to an address."""
        return self.found[self.addresses.index(address)]


class Desk:
    """The web chat with one browser before it."""

    def __init__(self, tokens_css: str = "") -> None:
        self.clock, self.ears = Clock(), Ears()
        self.chat = WebChat(MemoryArchive(now=self.clock.now), OFFICE)
        app = Starlette(routes=routes(self.chat, self.ears, self.clock, _commands, Lines(), tokens_css))
        self.browser = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://kantoor")

    async def page(self, who: str = "fatma", where: str = "dilemmas") -> str:
        """Return the page of a colleague."""
        answer = await self.browser.get(f"/as/{who}/{where}")
        assert answer.status_code == 200
        return answer.text

    async def press(self, button: str = "Doe mee", who: str = "fatma") -> httpx.Response:
        """Press the first button with these words."""
        return await self.browser.post("/do/press", data=Forms(await self.page(who)).of(button))

    async def say(self, text: str, who: str = "fatma", where: str = "dilemmas", sure: str = "") -> httpx.Response:
        """Type a line and send it."""
        sent = Forms(await self.page(who, where)).to("/do/say")
        return await self.browser.post("/do/say", data=sent | {"text": text, "sure": sure})

    async def asked(self) -> dict[str, str]:
        """Return the hidden inputs of the form that a press brings."""
        self.ears.replies["press"] = EVERYTHING
        await self.chat.post(DILEMMAS, CARD, "card")
        return Forms((await self.press()).json()["form"]).to("/do/submit")


def _commands(language: str) -> list[tuple[str, str]]:
    return [("/kompas dilemma", "Leg een dilemma voor" if language == "nl" else "Share a dilemma")]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """A fresh office with one browser."""
    desk = Desk()
    async with desk.browser:
        yield desk


async def test_a_card_is_read_by_everybody_in_the_place_in_their_own_language(desk: Desk):
    """One card, posted once, is Dutch to one reader and English to the other."""
    await desk.chat.post(DILEMMAS, CARD, "k")
    assert "Een dilemma" in await desk.page("joost")
    await desk.browser.post("/do/language", data={"language": "en", "back": "/as/fatma/dilemmas"})
    english = await desk.page("fatma")
    assert "A dilemma" in english
    assert '<html lang="en"' in english


async def test_the_language_of_the_page_goes_with_the_event(desk: Desk):
    """A handler knows which language to answer in."""
    await desk.say("/kompas")
    await desk.browser.post("/do/language", data={"language": "en", "back": "/"})
    await desk.say("/compass")
    assert [event.language for event in desk.ears.heard] == ["nl", "en"]


async def test_a_private_card_is_seen_by_one_person(desk: Desk):
    """The answer to a press shows on the page of who pressed, marked as private, and on no other."""
    desk.ears.replies["press"] = Card("Alleen voor jou bestemd")
    await desk.chat.post(DILEMMAS, CARD, "k")
    assert "card" in (await desk.press("Doe mee", "fatma")).json()
    mine = await desk.page("fatma")
    assert "Alleen voor jou bestemd" in mine
    assert Words("nl")("web-private") in mine
    assert "Alleen voor jou bestemd" not in await desk.page("joost")


async def test_a_private_card_can_be_hidden_by_its_reader_only(desk: Desk):
    """Hiding takes it from the page; a colleague who sends the same request changes nothing."""
    desk.ears.replies["press"] = Card("Bestemd voor Fatma")
    await desk.chat.post(DILEMMAS, CARD, "k")
    await desk.press()
    sent = Forms(await desk.page("fatma")).to("/do/hide")
    await desk.browser.post("/do/hide", data=sent | {"as": "joost"})
    assert "Bestemd voor Fatma" in await desk.page("fatma")
    await desk.browser.post("/do/hide", data=sent)
    assert "Bestemd voor Fatma" not in await desk.page("fatma")


async def test_a_direct_message_is_on_one_page(desk: Desk):
    """What the bot writes to one person is in that person's own room."""
    await desk.chat.write_to(Person("web:joost"), CARD, "k")
    assert "Een dilemma" in await desk.page("joost", "@kompas")
    assert "Een dilemma" not in await desk.page("fatma", "@kompas")


async def test_a_press_that_arrives_twice_is_the_same_event(desk: Desk):
    """A second click sends the same event id, so that it can be heard once; another page has another id."""
    await desk.chat.post(DILEMMAS, CARD, "k")
    sent = Forms(await desk.page()).of("Doe mee")
    for _ in range(2):
        await desk.browser.post("/do/press", data=sent)
    await desk.press()
    first, second, third = desk.ears.heard
    assert first == second
    assert first.id != third.id
    assert (first.kind, first.action, first.about, first.person) == ("press", "join", "d1", Person("web:fatma"))
    assert first.place == DILEMMAS


async def test_a_press_in_a_thread_says_so(desk: Desk):
    """A handler can answer in the thread where the button was pressed."""
    root = await desk.chat.post(DILEMMAS, CARD, "k")
    page = await desk.page("fatma", f"dilemmas/{root.id}")
    sent = [form for form in Forms(page).found if form.get("action") == "join" and form["thread"]]
    await desk.browser.post("/do/press", data=sent[0])
    assert desk.ears.heard[0].place == Place("web:dilemmas", root.id)


async def test_a_button_of_somebody_elses_private_card_cannot_be_pressed(desk: Desk):
    """A press on a card that the person does not see is not heard."""
    desk.ears.replies["press"] = Card("Bestemd voor Fatma", buttons=(Button("Trek terug", "withdraw"),))
    await desk.chat.post(DILEMMAS, CARD, "k")
    await desk.press()
    sent = Forms(await desk.page("fatma")).of("Trek terug")
    answer = await desk.browser.post("/do/press", data=sent | {"as": "joost"})
    assert answer.status_code == 404
    assert [event.action for event in desk.ears.heard] == ["join"]


async def test_a_button_that_cannot_be_undone_carries_its_question(desk: Desk):
    """The page has the sentence to ask before the press is sent."""
    await desk.chat.post(DILEMMAS, CARD, "k")
    assert 'data-confirm="Dat kan maar één keer."' in await desk.page()


async def test_text_arrives_as_typed(desk: Desk):
    """Neither a message nor a card lets anything typed become a tag or markup."""
    await desk.say(NASTY)
    page = await desk.page("joost")
    assert "a &lt; b &amp; *c* _d_ `e` [f](g) &lt;script&gt;alert(1)&lt;/script&gt;\n1986. Een goed jaar" in page
    await desk.chat.post(DILEMMAS, {"nl": Card("<b>Titel</b> & *zo*", (Text(plain(NASTY)),))}, "k")
    assert "&lt;b&gt;Titel&lt;/b&gt; &amp; *zo*" in await desk.page()


def test_what_plain_escapes_is_shown_exactly():
    """Markdown of a text that went through `plain` is that text, line by line."""
    shown = block(plain(NASTY), {})
    assert shown.count("<p>") == 1
    assert "<ol" not in shown
    assert "a &lt; b &amp; *c* _d_ `e` [f](g) &lt;script&gt;alert(1)&lt;/script&gt;<br" in shown


def test_the_small_markdown_is_rendered_and_no_more():
    """Strong, emphasis, struck, bullets, quotes and safe links work; HTML, pictures and script links do not."""
    shown = block("**a** _b_ ~~c~~ [d](https://e.nl) [f](javascript:x) <i>g</i> ![h](i)\n\n- j\n\n> k\n\n# l", {})
    for part in ("<strong>a</strong>", "<em>b</em>", "<s>c</s>", "<li>j</li>", "<blockquote>", "# l"):
        assert part in shown
    assert '<a href="https://e.nl" target="_blank" rel="noopener noreferrer">d</a>' in shown
    assert not any(tag in shown for tag in ('javascript:x"', "<i>", "<img", "<h1"))


async def test_what_is_said_in_a_thread_stays_in_the_thread(desk: Desk):
    """The place shows how many replies there are, the thread shows them."""
    root = await desk.chat.post(DILEMMAS, CARD, "k")
    await desk.chat.post(Place("web:dilemmas", root.id), {"nl": Card("Ronde twee")}, "k2")
    assert "Ronde twee" not in await desk.page()
    assert "1 reactie" in await desk.page()
    assert "Ronde twee" in await desk.page("fatma", f"dilemmas/{root.id}")


async def test_posting_with_the_same_key_shows_one_card(desk: Desk):
    """A message that is tried again does not stand there twice."""
    first = await desk.chat.post(DILEMMAS, CARD, "k")
    assert await desk.chat.post(DILEMMAS, CARD, "k") == first
    assert (await desk.page()).count('class="line from-bot"') == 1


async def test_a_line_that_arrives_twice_is_said_once(desk: Desk):
    """Enter pressed twice on a slow line gives one message."""
    sent = Forms(await desk.page()).to("/do/say") | {"text": "Goedemorgen"}
    for _ in range(2):
        await desk.browser.post("/do/say", data=sent)
    assert (await desk.page("joost")).count("Goedemorgen") == 1


async def test_an_update_is_shown_in_place_and_an_old_one_does_not_come_back(desk: Desk):
    """The last update stands, also when the first is delivered again afterwards."""
    message = await desk.chat.post(DILEMMAS, CARD, "k")
    await desk.chat.update(message, {"nl": Card("Stand een")}, "u1")
    await desk.chat.update(message, {"nl": Card("Stand twee")}, "u2")
    await desk.chat.update(message, {"nl": Card("Stand een")}, "u1")
    page = await desk.page()
    assert "Stand twee" in page
    assert "Stand een" not in page
    assert "Een dilemma" not in page


@pytest.mark.parametrize("place", [Place("web:nergens"), Place("web:dilemmas", "99"), Place("web:@niemand")])
async def test_a_place_that_is_not_there_is_unreachable(desk: Desk, place: Place):
    """The outbox is told that trying again will not help."""
    with pytest.raises(Unreachable):
        await desk.chat.post(place, CARD, "k")


async def test_a_person_or_message_that_is_not_there_is_unreachable(desk: Desk):
    """The same holds for people and for updates."""
    with pytest.raises(Unreachable):
        await desk.chat.write_to(Person("web:niemand"), CARD, "k")
    message = await desk.chat.post(DILEMMAS, CARD, "k")
    with pytest.raises(Unreachable):
        await desk.chat.update(type(message)(DILEMMAS, "99"), CARD, "u")


async def test_a_form_asks_every_kind_of_question(desk: Desk):
    """Each kind has an input that a browser knows, with what stood there already."""
    desk.ears.replies["press"] = EVERYTHING
    await desk.chat.post(DILEMMAS, CARD, "k")
    html = (await desk.press()).json()["form"]
    for part in (
        'type="text" name="answer.line"',
        "Wat er &lt;al&gt; stond</textarea>",
        'type="radio" name="answer.one" value="b" checked',
        'type="checkbox" name="answer.many"',
        '<option value="8"',
        'type="radio" name="answer.much"',
        'type="date" name="answer.day"',
        'type="checkbox" name="answer.who" value="web:joost"',
        'aria-describedby="q1-hint q1-wrong"',
        Words("nl")("web-required"),
    ):
        assert part in html


async def test_what_is_filled_in_arrives_whole(desk: Desk):
    """Every answer arrives under its name: lists as tuples, nothing as nothing, text as typed but for a NUL."""
    sent = await desk.asked()
    filled = GOOD | {"answer.text": "een\r\ntwee \x00<b> & *c*", "answer.who": ["web:joost", "web:fatma"]}
    answer = await desk.browser.post("/do/submit", data=sent | filled)
    assert answer.json() == {}
    event = desk.ears.heard[-1]
    assert (event.kind, event.action, event.about) == ("submit", "join", "d1")
    assert event.answers == {
        "line": "Ja",
        "text": "een\ntwee <b> & *c*",
        "one": "a",
        "many": (),
        "long": "3",
        "much": "2",
        "day": "",
        "who": ("web:joost", "web:fatma"),
    }


async def test_the_answer_to_a_form_may_be_the_next_page_or_a_private_card(desk: Desk):
    """A Form comes back as a form, a Card as the id of the card on the page."""
    sent = await desk.asked()
    desk.ears.replies["submit"] = Form("Bladzijde twee", "join2")
    assert "Bladzijde twee" in (await desk.browser.post("/do/submit", data=sent | GOOD)).json()["form"]
    desk.ears.replies["submit"] = Card("Dank je")
    assert "card" in (await desk.browser.post("/do/submit", data=sent | GOOD)).json()
    assert "Dank je" in await desk.page()


async def test_what_is_refused_keeps_the_form_and_says_why(desk: Desk):
    """The handler's sentences come back by question, with a status on which the page keeps all that was typed."""
    sent = await desk.asked()
    desk.ears.why = {"text": "Er staat een naam in.", "": "Nog even."}
    answer = await desk.browser.post("/do/submit", data=sent | GOOD)
    assert answer.status_code == 422
    assert answer.json() == {"text": "Er staat een naam in.", "": "Nog even."}


async def test_what_is_missing_or_too_long_is_said_before_anybody_hears_it(desk: Desk):
    """An empty required answer and an over-long one each get a sentence; the handler is not troubled."""
    sent = await desk.asked()
    answer = await desk.browser.post("/do/submit", data=sent | GOOD | {"answer.line": "  ", "answer.text": "é" * 53})
    assert answer.status_code == 422
    why = answer.json()
    assert set(why) == {"line", "text"}
    assert "3 tekens te lang" in why["text"]
    assert [event.kind for event in desk.ears.heard] == ["press"]


def test_an_answer_that_was_not_offered_is_not_taken():
    """A choice outside the list and a date that is none get a sentence; an emoji is an answer."""
    asked = (
        Asked("one", "one_of", True, 10, ("a",)),
        Asked("day", "date", True, 10, ()),
        Asked("line", "line", True, 10, ()),
    )
    filled = read(asked, [("answer.one", "z"), ("answer.day", "31-12"), ("answer.line", "🙂")])
    assert set(faults(asked, filled, Words("nl"))) == {"one", "day"}


async def test_what_is_typed_so_far_is_heard_as_a_draft(desk: Desk):
    """A draft is not held to what is required, and shows nothing."""
    sent = await desk.asked()
    answer = await desk.browser.post("/do/draft", data=sent | {"answer.text": "Halverw"})
    assert answer.status_code == 204
    event = desk.ears.heard[-1]
    assert (event.kind, event.action, event.answers["text"]) == ("draft", "join", "Halverw")


async def test_a_command_is_heard_and_not_shown(desk: Desk):
    """A line with a slash goes to the bot and never stands in the channel; its answer is private."""
    desk.ears.replies["command"] = Card("Wat je kunt doen")
    await desk.say("/kompas principes Luisteren naar elkaar")
    event = desk.ears.heard[0]
    assert (event.kind, event.action, event.text) == ("command", "principes", "Luisteren naar elkaar")
    assert "Wat je kunt doen" in await desk.page("fatma")
    page = await desk.page("joost")
    assert "Wat je kunt doen" not in page
    assert "Luisteren naar elkaar" not in page


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("/kompas", ("", "")),
        ("/Compass  ", ("", "")),
        ("/kompas Dilemma", ("dilemma", "")),
        ("/dilemma over huur", ("dilemma", "over huur")),
        ("kompas principes Vakmanschap", ("principes", "Vakmanschap")),
        ("/", ("", "")),
    ],
)
def test_a_command_is_understood_however_it_is_typed(line: str, heard: tuple[str, str]):
    """Names, capitals and the slash do not matter."""
    assert command_of(line) == heard


async def test_bare_words_to_the_bot_are_a_command(desk: Desk):
    """In the room with the bot alone no slash is needed, and what was typed stands there."""
    await desk.say("dilemma", where="@kompas")
    assert [(event.kind, event.action) for event in desk.ears.heard] == [("command", "dilemma")]
    assert '<p class="typed">dilemma</p>' in await desk.page("fatma", "@kompas")


async def test_what_others_said_is_counted_until_it_is_read(desk: Desk):
    """The sidebar counts new messages of others, threads included, until that place is opened."""
    root = await desk.chat.post(DILEMMAS, CARD, "k")
    await desk.chat.post(Place("web:dilemmas", root.id), CARD, "k2")
    await desk.say("Van mij", who="joost", where="leren")
    assert "2 nieuwe berichten" in await desk.page("fatma", "leren")
    await desk.page("fatma", "dilemmas")
    assert "nieuwe berichten" not in await desk.page("fatma", "leren")
    assert "nieuw bericht" not in await desk.page("joost", "dilemmas")


@pytest.mark.parametrize(
    "address",
    ["/as/niemand/dilemmas", "/as/fatma/nergens", "/as/fatma/dilemmas/99", "/as/fatma/@joost", "/?as=niemand"],
)
async def test_who_or_what_is_not_there_gets_a_friendly_page(desk: Desk, address: str):
    """An address that leads nowhere says so in a sentence, with a way back."""
    answer = await desk.browser.get(address)
    assert answer.status_code == 404
    assert Words("nl")("web-sorry-title") in answer.text
    assert 'href="/"' in answer.text


async def test_an_address_with_questions_leads_to_the_page(desk: Desk):
    """`/` leads to the first colleague and channel, `/?as=..&in=..&thread=..` to that thread."""
    assert (await desk.browser.get("/")).headers["location"] == "/as/fatma/dilemmas"
    asked = await desk.browser.get("/?as=joost&in=leren&thread=12")
    assert asked.headers["location"] == "/as/joost/leren/12"


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://elders.nl"}],
)
async def test_a_post_from_another_site_is_refused(desk: Desk, headers: dict[str, str]):
    """A page elsewhere cannot speak for a colleague."""
    sent = Forms(await desk.page()).to("/do/say") | {"text": "/kompas"}
    answer = await desk.browser.post("/do/say", data=sent, headers=headers)
    assert answer.status_code == 403
    assert desk.ears.heard == []
    ours = await desk.browser.post("/do/say", data=sent, headers={"origin": "http://kantoor"})
    assert ours.status_code == 200


async def test_what_is_too_large_is_refused_in_a_sentence(desk: Desk):
    """A body over the bound is not read, a message over its bound is not kept; both say so."""
    sent = Forms(await desk.page()).to("/do/say")
    huge = await desk.browser.post("/do/say", data=sent | {"text": "a" * MOST_BYTES})
    assert (huge.status_code, huge.json()) == (413, {"": Words("nl")("web-sorry-large")})
    long = await desk.browser.post("/do/say", data=sent | {"text": "a" * 4001})
    assert (long.status_code, long.json()) == (422, {"": Words("nl")("web-sorry-long")})


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"as": "niemand"}, 404),
        ({"in": "nergens"}, 404),
        ({"thread": "99"}, 404),
        ({"event": "x"}, 422),
        ({"shape": "{"}, 422),
        ({"shape": json.dumps([{"name": 1}])}, 422),
    ],
)
async def test_what_no_page_of_ours_sends_gets_a_sentence(desk: Desk, changed: dict[str, str], status: int):
    """Bad input is told so in words, and nobody hears it."""
    sent = await desk.asked()
    answer = await desk.browser.post("/do/submit", data=sent | GOOD | changed)
    assert answer.status_code == status
    assert answer.json()[""]
    assert [event.kind for event in desk.ears.heard] == ["press"]


@pytest.mark.parametrize("address", ["/do/say", "/do/submit", "/do/draft"])
async def test_a_picture_or_file_is_refused_with_the_reason(desk: Desk, address: str):
    """Nobody can see beforehand who is in a picture: however it is sent, it is not taken, and a sentence says why."""
    files = {"answer.text": ("foto.png", b"x", "image/png")}
    answer = await desk.browser.post(address, data={"as": "fatma", "in": "dilemmas"}, files=files)
    assert answer.status_code == 415
    assert answer.json()[""] == Words("nl")("web-sorry-file")
    assert desk.ears.heard == []


async def test_a_line_is_read_by_the_guard_before_anybody_else(desk: Desk):
    """What is certain is not sent at all; what is probable when it is sent once more, as it was."""
    certain, probable = "Bel haar op 06-12345678", "Samira komt straks langs"
    for text, sure, status in ((certain, "", 422), (certain, certain, 422), (probable, "", 422), (probable, "x", 422)):
        answer = await desk.say(text, sure=sure)
        assert answer.status_code == status
        assert answer.json()["again"] == ("yes" if text == probable else "")
    assert (await desk.say(probable, sure=probable)).status_code == 200
    page = await desk.page("joost")
    assert probable in page
    assert certain not in page


async def test_a_body_that_is_no_form_gets_a_sentence(desk: Desk):
    """A broken multipart body is our visitor's mistake, not a fault of ours."""
    answer = await desk.browser.post(
        "/do/say", content=b"--x\r\nnonsense", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert 400 <= answer.status_code < 500
    assert answer.json()[""]


async def test_pages_run_no_script_or_style_but_our_own(desk: Desk):
    """The policy allows nothing inline, and the pages have nothing inline."""
    await desk.chat.post(DILEMMAS, CARD, "k")
    answer = await desk.browser.get("/as/fatma/dilemmas/1")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert " onclick=" not in answer.text


async def test_the_clock_moves_where_the_page_asks(desk: Desk):
    """The clock menu reaches the office's clock, knows three jumps, and leads back to a page of ours."""
    moved = await desk.browser.post("/do/forward", data={"to": "monday", "back": "//elders.nl/as/"})
    assert (moved.status_code, moved.headers["location"]) == (303, "/")
    assert (await desk.browser.post("/do/forward", data={"to": "1999"})).status_code == 422
    assert desk.clock.asked == ["monday"]


def test_time_is_told_as_a_colleague_would():
    """Today and yesterday by those words, in the time of Amsterdam, and the year only when it is another."""
    nl, en = Words("nl"), Words("en")
    assert said_at(MONDAY, MONDAY, nl) == "vandaag 09:12"
    assert said_at(MONDAY - timedelta(days=1), MONDAY, en) == "yesterday 09:12"
    assert said_at(MONDAY - timedelta(days=7), MONDAY, nl) == "maandag 16 november 09:12"
    assert said_at(datetime(2025, 6, 2, 22, 30, tzinfo=UTC), MONDAY, en) == "Tuesday 3 June 2025 00:30"


async def test_open_pages_hear_of_what_changes_and_of_nothing_private(desk: Desk):
    """A page is told of a new card in a channel; not of what is whispered or written to somebody else."""
    stream = desk.chat.live.stream("web:joost")
    assert (await anext(stream)).startswith("retry:")
    await desk.chat.whisper(OFFICE.colleagues[0], DILEMMAS, Card("Geheim"), "nl", "w")
    await desk.chat.write_to(Person("web:fatma"), CARD, "d")
    await desk.chat.post(DILEMMAS, CARD, "k")
    told = json.loads((await anext(stream)).split("data: ")[1])
    assert (told["place"], told["id"], told["new"]) == ("web:dilemmas", "3", True)
    await stream.aclose()
    assert desk.chat.live.pages == {}


async def test_a_house_style_comes_after_ours(tmp_path: Path):
    """A municipality's token file wins, its theme class is on the page, and our dark colours stay out of it."""
    tokens = tmp_path / "huis.css"
    tokens.write_text(".waterrijk-theme { --utrecht-link-color: #123456 }", encoding="utf8")
    desk = Desk(str(tokens))
    async with desk.browser:
        page = await desk.page()
        assert page.index("tokens.css") < page.index("house.css") < page.index("style.css")
        assert 'class="waterrijk-theme"' in page
        assert "tokens-dark.css" not in page
        assert "#123456" in (await desk.browser.get("/static/house.css")).text


def test_a_house_style_may_live_elsewhere():
    """Only that one address is added to what the page may load."""
    style = house("https://unpkg.com/@utrecht/design-tokens/dist/index.css")
    assert style.elsewhere == "https://unpkg.com"
    assert style.themes == "utrecht-theme"
    assert house("https://cdn.nl/index.css#denhaag-theme").themes == "denhaag-theme"


def test_both_languages_say_the_same_things():
    """A sentence that is there in Dutch is there in English."""
    keys = {
        language: {
            line.split(" =")[0]
            for line in (FOLDER / language / "web.ftl").read_text(encoding="utf8").splitlines()
            if line.startswith("web-")
        }
        for language in LANGUAGES
    }
    assert keys["nl"] == keys["en"]


def test_a_mention_shows_the_name_and_leads_nowhere() -> None:
    """A person is shown by the name that the office knows, as text: nobody has a page about them."""
    shown = block(f"Vraag het aan {mention('web:fatma')}.", {"web:fatma": "Fatma Öz & zn"})
    assert shown == "<p>Vraag het aan <strong>Fatma Öz &amp; zn</strong>.</p>\n"
    assert block(mention("web:weg"), {}) == "<p><strong>@weg</strong></p>\n"
