"""Trains the person layer of the guard: python tools/guard/train.py [--without PENS ... --out DIR] [--rounds N] [--lines N].

Writes names.txt.gz and people.model.gz in compassbot/guard/data. With `--without FI GH --out DIR` it writes nothing there:
it learns twice, once without the texts of the pens F and I and once without those of G and H, and writes without-FI.gz
and without-GH.gz in DIR, which can be judged on the texts that each has not seen. A pen is the first letter of an id.
The same seed gives the same model. Needs Faker and NumPy; nothing of this runs when the guard is used.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import numpy as np  # noqa: E402
from examples import seeds  # noqa: E402
from learn import Corpus, add, fit, letters, matrix  # noqa: E402
from names import Pool, every_word, faker_origins, written_origins  # noqa: E402
from texts import stream  # noqa: E402
from writing import Writer, made_up  # noqa: E402

from compassbot.guard import lexicon  # noqa: E402
from compassbot.guard.people import tagger  # noqa: E402
from compassbot.guard.people.shape import shape  # noqa: E402

SEED = 20261124
TEXTS = ROOT / "tests" / "guard"


def seed_files() -> list[Path]:
    """Return the files of annotated texts that may be learned from; those in kept/ are not."""
    return [
        TEXTS / "texts.jsonl",
        *sorted((TEXTS / "texts").glob("*.jsonl")),
        *sorted((TEXTS / "seen").glob("*.jsonl")),
    ]


def write_names() -> None:
    """Write the given names and the words of surnames of all origins, in lower case without accents."""
    given: set[str] = set()
    last: set[str] = set()
    for origin in (*written_origins(), *faker_origins()):
        given |= {lexicon.plain(word) for word in every_word(origin.given)}
        last |= {lexicon.plain(word) for word in every_word(origin.surnames)}
    stop = lexicon.cues("function") | lexicon.cues("particles") | lexicon.cues("articles")
    given, last = ({w for w in words - stop if len(w) > 1 and w.isalpha()} for words in (given, last))
    text = "\n".join(sorted(given)) + "\n\n" + "\n".join(sorted(last))
    _write(lexicon.DATA / "names.txt.gz", text)


def _write(path: Path, text: str) -> None:
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        file.write(text.encode())


def learn_letters(rng: random.Random) -> dict[str, float]:
    """Return what runs of letters say, from all names against dictionary words, misspelt ones and made-up makes."""
    names = set(lexicon.world_given()) | set(lexicon.world_surnames()) | lexicon.given() | lexicon.surnames()
    words = sorted(lexicon.words_of("nl") - names)
    english = sorted(lexicon.words_of("en") - names)
    some = rng.sample(words, 45_000) + rng.sample(english, 15_000)
    some += [_misspelt(word, rng) for word in rng.sample(words, 9_000)]
    some += [_without_vowels(word) for word in rng.sample(words, 3_000) if len(word) < 12]
    some += [lexicon.plain(made_up(rng)) for _ in range(1_500)]
    some += sorted((lexicon.places() | lexicon.known()) - names)
    return letters(sorted(n for n in names if len(n) > 2), [w for w in some if len(w) > 2], rng)


def _misspelt(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + rng.choice("aeinrt") + word[at + 1 :],
        ]
    )


def _without_vowels(word: str) -> str:
    return word[0] + re.sub("[aeiou]", "", word[1:])


def nouns(rng: random.Random) -> list[str]:
    """Return ordinary words that now and then serve as a surname."""
    words = sorted(w for w in lexicon.words_of("nl") if 3 <= len(w) <= 8 and w.isalpha())
    return rng.sample([w for w in words if w not in lexicon.cues("function")], 6_000)


def words_of_sentences(rng: random.Random) -> tuple[list[str], list[str]]:
    """Return Dutch and English words for the places of ordinary words, those that are names somewhere more often."""
    made: list[list[str]] = []
    names = lexicon.world_given() | lexicon.world_surnames() | lexicon.surnames()
    for language in ("nl", "en"):
        words = sorted(
            w for w in lexicon.words_of(language) if 2 < len(w) <= 12 and w.isalpha() and w not in lexicon.given()
        )
        shared = [w for w in words if w in names]
        made.append(rng.sample(words, 8_000) + rng.sample(shared, min(len(shared), 4_000)))
    return made[0], made[1]


def corpus(rounds: int, lines: int, forms: dict[str, float], files: list[Path]) -> Corpus:
    """Return all that is learned from; the source of a chain is the letter of the pen, and 0 for written texts."""
    rng = random.Random(SEED)  # noqa: S311  # made-up texts need no secure randomness
    known = lexicon.given() | lexicon.world_given()
    pens, every = seeds(files)
    ordinary = nouns(rng)
    pool = Pool(rng, ordinary, [p for p in sorted(lexicon.places()) if p.isalpha()])
    writer = Writer(pool, sorted(lexicon.places()), *words_of_sentences(rng))
    made = Corpus()
    began = time.perf_counter()
    cache: dict[str, str] = {}

    def shape_of(plain: str) -> str:
        found = cache.get(plain)
        if found is None:
            found = cache[plain] = shape(plain, forms)
        return found

    for count, (number, example) in enumerate(stream(every, writer, rounds, lines, known)):
        add(made, example, ord(pens[number]) if number >= 0 else 0, rng, shape_of)
        if count % 10_000 == 0:
            print(
                f"  {count} texts, {len(made.labels)} words, {len(made.names)} features, {time.perf_counter() - began:.0f} s",
                flush=True,
            )
    return made


def pack(weight: np.ndarray, names: list[str], bond: np.ndarray, forms: dict[str, float]) -> str:
    """Return the model as text: links, how many features, all names, all weights in hundredths."""
    kept = sorted(
        (name, round(float(w) * tagger.SCALE)) for name, w in zip(names, weight, strict=True) if abs(w) >= 0.04 and name
    )
    runs = sorted((name, round(w * tagger.SCALE)) for name, w in forms.items() if abs(w) >= 0.04)
    links = {letter: round(float(b), 3) for letter, b in zip(tagger.LINKS, bond, strict=True)}
    print(f"  {len(kept)} features, {len(runs)} runs of letters, links {links}")
    both = [*kept, *runs]
    return "\n".join(
        [
            json.dumps(links),
            str(len(kept)),
            "\t".join(n.replace("\n", " ") for n, _ in both),
            " ".join(str(w) for _, w in both),
        ]
    )


def main() -> None:
    """Train on all texts, or for each group of pens on those of the others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument("--rounds", type=int, default=36)
    parser.add_argument("--lines", type=int, default=60_000)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--out", type=Path, default=lexicon.DATA)
    args = parser.parse_args()
    if not args.without:
        write_names()
    rng = random.Random(SEED)  # noqa: S311  # made-up texts need no secure randomness
    forms = learn_letters(rng)
    print(f"letters: {len(forms)}")
    made = corpus(args.rounds, args.lines, forms, seed_files())
    padded, names = matrix(made, 4)
    sources = np.frombuffer(made.sources, dtype=np.int32)
    print(f"{len(made.labels)} words, {len(names)} features")
    chains = np.arange(len(sources))
    for pens in args.without or [""]:
        chosen = chains[~np.isin(sources, [ord(pen) for pen in pens])]
        weight, bond = fit(padded, len(names), made, chosen, args.epochs, SEED)
        name = f"without-{pens}.gz" if pens else "people.model.gz"
        _write(args.out / name, pack(weight, names, bond, forms))


if __name__ == "__main__":
    main()
