"""Which principle is under pressure where: a picture that reads in black and white, and on a phone."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from compassbot.model.digest import Digest, Pressure
from compassbot.reports.outline import Names, week_number
from compassbot.talk.view import cut
from compassbot.words import Words

if TYPE_CHECKING:
    from compassbot.reports.sheet import Sheet

EDGE, GAP, HEAD, FOOT = 48, 10, 142, 168
"""Pixels. The picture is about 1,400 wide: a letter on a phone is then as large as small print on paper."""


def draw(digest: Digest, words: Words, names: Names) -> bytes:
    """Return the heat map of a digest as PNG, a row a principle and a column a field of life."""
    from compassbot.reports.sheet import CELL, LARGE, SMALL, SOFT, Sheet

    rows, columns = _labels(digest.pressure, names)
    about = words("digest-picture-about", week=week_number(digest.week))
    legend = [*(words(f"digest-level-{level}") for level in (1, 2, 3)), words("digest-picture-empty")]
    left, above, across = _measure(rows, columns, [words("digest-picture-title"), about], legend)
    top = HEAD + above
    bottom = top + len(rows) * (CELL + GAP)
    sheet = Sheet(across, bottom + FOOT)
    sheet.write(EDGE, EDGE + 24, words("digest-picture-title"), size=LARGE, strong=True)
    sheet.write(EDGE, EDGE + 80, about, size=SMALL, colour=SOFT)
    for number, column in enumerate(columns):
        sheet.write(left + number * (CELL + GAP) + CELL * 0.42, top - 24, column, turn=45)
    for number, (row, levels) in enumerate(zip(rows, digest.pressure.levels, strict=True)):
        y = top + number * (CELL + GAP)
        sheet.write(left - 24, y + CELL / 2, row, to_right=False)
        for place, level in enumerate(levels):
            sheet.cell(left + place * (CELL + GAP), y, level)
    _legend(sheet, bottom + 34, legend)
    return sheet.png()


def _labels(pressure: Pressure, names: Names) -> tuple[list[str], list[str]]:
    rows = [fill(cut(names("principle", one), 40), 20, break_long_words=False) for one in pressure.principles]
    return rows, [cut(names("field", one), 24) for one in pressure.fields]


def _measure(rows: list[str], columns: list[str], titles: list[str], legend: list[str]) -> tuple[float, float, float]:
    """Return where the cells begin from the left, how high the column heads are, and the whole width."""
    from compassbot.reports.sheet import CELL, LARGE, SMALL, Sheet

    sheet = Sheet(2000, 2000)
    left = EDGE + 24 + max((sheet.size(row)[0] for row in rows), default=0)
    heads = [sheet.size(column, turn=45) for column in columns]
    ends = [left + number * (CELL + GAP) + CELL * 0.42 + head[0] for number, head in enumerate(heads)]
    ends += [EDGE + sheet.size(titles[0], LARGE, strong=True)[0], EDGE + sheet.size(titles[1], SMALL)[0]]
    ends += [left + len(columns) * (CELL + GAP), _legend(sheet, 0, legend)]
    return left, max((head[1] for head in heads), default=0), EDGE + max(ends)


def _legend(sheet: Sheet, y: float, says: list[str]) -> float:
    """Draw what the marks mean, the empty one on a line of its own. Return where it ends at the right."""
    ends = [float(EDGE)]
    for level, word in enumerate(says[:3], start=1):
        ends.append(sheet.explain(ends[-1] + (36 if level > 1 else 0), y, level, word))
    return max(ends[-1], sheet.explain(EDGE, y + 62, 0, says[3]))
