"""Says of one word, as short strings, all that could speak for or against its being part of a person's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from compassbot.guard.normal import MASK
from compassbot.guard.people import lex
from compassbot.guard.people.page import Page

_AHEAD = re.compile(
    r"(?P<a>,? ?\(?\d{1,2}(?: jaar| jr| years| jarige)?(?:[,.);](?!\d)|\s|$))|(?P<b>[ ,(:]{1,3}(?:bsn|geb|born|klantnr|cl?nr|dossier|v-nr)\b)"
    r"|(?P<d>[ ,(/:=-]{1,3}\d)|(?P<m>[ ,(/:=<-]{0,3}" + MASK + r")|(?P<v>'s?\b)|(?P<q>\?)|(?P<p>/)|(?P<z>\s*$)",
    re.I,
)
_STREET = tuple(
    "straat laan plein gracht singel kade dreef weg steeg pad hof dijk wal markt park brug tunnel zaal school huis college "
    "lyceum ziekenhuis stichting fonds prijs wet gemeente hal centrum buurt wijk polder haven kerk museum theater team "
    "groep bouw zorg bank beleid loket advies plan norm systeem dienst bedrijf".split()
)
_EDGE, _NOTHING = ("-",) * 4, ("",) * 4
_GAPS = {
    " ": "_",
    ", ": ",",
    ". ": ".",
    "-": "-",
    "\n": "n",
    "\n\n": "n",
    ",\n\n": "n",
    ",\n": "n",
    "": "0",
    ": ": ":",
    "'": "'",
}


def gap(text: str) -> str:
    """Return a letter for what stands between two words."""
    found = _GAPS.get(text)
    if found is not None:
        return found
    if MASK in text:
        return "M"
    for sign, letter in (
        ("\n", "n"),
        ("@", "@"),
        ("(", "("),
        ('"', '"'),
        ("'", '"'),
        (":", ":"),
        ("/", "/"),
        (";", ";"),
    ):
        if sign in text:
            return letter
    if any(map(str.isdigit, text)):
        return "9"
    return "." if text[:1] in ".!?" else "o"


class Features:
    """The features of the words of one page; `shape_of` says how much a plain word looks like a name."""

    def __init__(self, page: Page, shape_of: Callable[[str], str]) -> None:
        self.page = page
        self.shape_of = shape_of
        self._shapes = page.memo.shapes
        self._gaps: dict[int, str] = {}
        self._kinds = [*_EDGE, *page.kinds(), *_EDGE]
        self._plain = [*_NOTHING, *page.plain, *_NOTHING]
        self._counts = Counter[str]()
        self._small = frozenset[str]()

    def of(self, i: int) -> list[str]:
        """Return the features of word i."""
        page, kinds = self.page, self._kinds
        two, one, plain, next1, next2 = self._plain[i + 2 : i + 7]
        far4, far3, before2, before1, _, after1, after2, ahead3, ahead4 = kinds[i : i + 9]
        case, letters = page.case[i], page.code(plain)
        first = letters[0]
        rough = page.coarse(plain)
        form = self.form(plain)
        base = case + rough
        before, after = self.gap(i), self.gap(i + 1)
        shaped, cut, cue = case + form, plain[-3:], page.cue(i)
        where = base + self.where(i)
        found = [
            "0" + base, "1" + case + letters, "2" + base + form, "3" + plain, "4" + case + plain,
            "5" + cut + first, "6" + plain[-2:] + first, "7" + plain[:3] + first,
            "8" + before + one, "9" + case + before + one, "a" + base + before + before1, "b" + rough + before + one,
            "c" + after + next1, "d" + case + after + next1, "e" + base + after + after1, "f" + rough + after + next1,
            "g" + base + before + after, "h" + base + before1 + after1, "i" + case + before2 + before1,
            "j" + case + after1 + after2, "k" + one + " " + two, "l" + next1 + " " + next2,
            "m" + base + self.ahead(i), "n" + where, "o" + base + self.count(plain), "p" + shaped + after + after1,
            "q" + shaped + before + before1, "r" + base + self.run(i), "s" + case + str(min(len(plain), 9)) + rough,
            "t" + base + form + self.near(before1, one) + self.near(after1, next1), "u" + page.style + where,
            "v" + base + cue, "x" + shaped + cue + after1, "y" + shaped + before + after + after1,
        ]  # fmt: skip
        found += ["w" + case + far for far in (far4, far3, ahead3, ahead4) if len(far) == 1]
        return found

    def gap(self, i: int) -> str:
        """Return the letter of the gap before word i."""
        found = self._gaps.get(i)
        if found is None:
            found = self._gaps[i] = self._gap(i)
        return found

    def _gap(self, i: int) -> str:
        page = self.page
        if i >= len(page.words):
            rest = page.text[page.words[-1].end :]
            return gap(rest) if MASK in rest else "z"
        found = gap(page.words[i].gap)
        if i == 0 and found == "0":
            return "S"
        return "." if found == "_" and page.words[i].first else found

    def near(self, kind: str, plain: str) -> str:
        """Return how a neighbour of this kind looks by itself."""
        if len(kind) < 2 or kind[0] in "fkl":
            return kind[0]
        return kind + self.form(plain)

    def form(self, plain: str) -> str:
        """Return how much the letters of a word look like a name's; a for a word of the dictionary and of no list."""
        found = self._shapes.get(plain)
        if found is None:
            plainly = self.page.code(plain)[0] in "fd" and len(self.page.code(plain)) == 1
            ordinary = "v" if plainly and lex.acting(plain) else "a"
            found = self._shapes[plain] = ordinary if plainly else self.shape_of(plain)
        return found

    def ahead(self, i: int) -> str:
        """Return the letter of what is written right after word i: an age, a number, something masked."""
        end = self.page.words[i].end
        match = _AHEAD.match(self.page.text[end : end + 14])
        return (match.lastgroup or "-") if match else "-"

    def where(self, i: int) -> str:
        """Return where in the text word i stands: first, last, alone on its line, at the beginning of one."""
        page = self.page
        word = page.words[i]
        begins = i == 0 or "\n" in word.gap
        last = i + 1 == len(page.words)
        ends = last or "\n" in page.words[i + 1].gap
        made = "b" if begins else "e" if ends else "-"
        if begins and ends:
            made = "l"
        if i == 0:
            made += "0"
        elif i + 4 >= len(page.words):
            made += "9"
        return made + ("1" if word.first else "")

    def count(self, plain: str) -> str:
        """Return how often the word stands in the text, and whether ever with a small letter amid capitals."""
        if not self._counts:
            self._counts.update(self.page.plain)
            if self.page.style == "N":
                both = zip(self.page.plain, self.page.case, strict=True)
                self._small = frozenset(word for word, case in both if case == "x")
        return str(min(self._counts[plain], 3)) + ("x" if plain in self._small else "")

    def run(self, i: int) -> str:
        """Return whether the words with a capital around word i end as a street or an organisation does."""
        page = self.page
        for j in range(i, min(i + 4, len(page.words))):
            if j > i and (
                page.words[j].gap not in (" ", "-") or (page.case[j] not in "XUs" and page.plain[j] not in _LINKS)
            ):
                break
            if len(page.plain[j]) > 5 and page.plain[j].endswith(_STREET):
                return "s" if j == i else "S"
            if j > i and page.sections.get(page.plain[j]) == "O":
                return "O"
        for j in range(i - 1, max(i - 4, -1), -1):
            if page.sections.get(page.plain[j]) == "O":
                return "o"
            if page.case[j] not in "XFUs" and page.plain[j] not in _LINKS:
                break
        return "-"


_LINKS = frozenset("van de der den het ter ten te".split())
