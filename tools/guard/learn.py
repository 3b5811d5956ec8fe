"""Fits the weights of the person layer: letters that names are made of, features of words, links between words."""

from __future__ import annotations

import random
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from examples import Example

from compassbot.guard.people import lex
from compassbot.guard.people.features import Features
from compassbot.guard.people.page import Page
from compassbot.guard.people.shape import grams
from compassbot.guard.people.tagger import LINKS
from compassbot.guard.tokens import cut

Floats = np.ndarray


@dataclass
class Corpus:
    """Chains of words as numbers: the features of each word, padded, its label, its link to the word before."""

    names: dict[str, int] = field(default_factory=lambda: {"": 0})
    rows: array[int] = field(default_factory=lambda: array("i"))
    bounds: array[int] = field(default_factory=lambda: array("i", [0]))
    labels: array[int] = field(default_factory=lambda: array("b"))
    links: array[int] = field(default_factory=lambda: array("b"))
    starts: array[int] = field(default_factory=lambda: array("i"))
    sources: array[int] = field(default_factory=lambda: array("i"))

    def number(self, name: str) -> int:
        """Return the number of a feature, a new one when it was not seen before."""
        found = self.names.get(name)
        if found is None:
            found = self.names[name] = len(self.names)
        return found


class ForgetfulPage(Page):
    """A page on which lists and dictionary now and then forget a word, so that nothing leans on them."""

    rng: random.Random

    def code(self, plain: str) -> str:
        """Return the letters of a word, some of which are left out for the whole text."""
        found = self.memo.codes.get(plain)
        if found is None:
            found = lex.code(plain)
            listed = set(found[1:]) & set("gswyp")
            if listed and self.rng.random() < 0.28:
                gone = {letter for letter in "gswypb" if self.rng.random() < 0.7}
                found = found[0] + "".join(letter for letter in found[1:] if letter not in gone)
            self.memo.codes[plain] = found
        return found


def forgetful(rng: random.Random) -> type[ForgetfulPage]:
    """Return a class of pages that forget by this source of chance."""
    return type("Page", (ForgetfulPage,), {"rng": rng})


def add(corpus: Corpus, example: Example, source: int, rng: random.Random, shape_of: Callable[[str], str]) -> None:
    """Add the chains of one text."""
    words = cut(example.text)
    page = forgetful(rng)(example.text, words)
    able = page.candidates()
    looks = Features(page, shape_of)
    inside = {at for start, end in example.people for at in range(start, end)}
    hidden = {at for start, end in example.other for at in range(start, end)}
    chained = False
    for i, yes in enumerate(able):
        if not yes or words[i].start in hidden:
            chained = False
            continue
        link = LINKS.find(looks.gap(i)) if chained else -1
        if link < 0:
            corpus.starts.append(len(corpus.labels))
            corpus.sources.append(source)
        names = looks.of(i)
        if rng.random() < 0.3:
            names = [name for name in names if name[0] not in "34"]
        corpus.rows.extend([corpus.number(name) for name in names])
        corpus.bounds.append(len(corpus.rows))
        corpus.labels.append(words[i].start in inside)
        corpus.links.append(link)
        chained = True


def matrix(corpus: Corpus, least: int) -> tuple[Floats, list[str]]:
    """Return the features as a padded matrix of numbers, without those seen fewer than `least` times, and their names."""
    rows = np.frombuffer(corpus.rows, dtype=np.int32)
    counts = np.bincount(rows, minlength=len(corpus.names))
    keep = counts >= least
    keep[0] = False
    renumber = np.zeros(len(corpus.names), dtype=np.int32)
    renumber[keep] = np.arange(1, keep.sum() + 1)
    bounds = np.frombuffer(corpus.bounds, dtype=np.int32)
    sizes = np.diff(bounds)
    padded = np.zeros((len(sizes), sizes.max()), dtype=np.int32)
    padded[np.arange(sizes.max())[None, :] < sizes[:, None]] = renumber[rows]
    names = [""] + [name for name, number in corpus.names.items() if keep[number]]
    return padded, names


def _soft(x: Floats) -> Floats:
    return np.logaddexp(0.0, x)


def _sig(x: Floats) -> Floats:
    return 0.5 * (1 + np.tanh(0.5 * x))


def fit(
    padded: Floats,
    width: int,
    corpus: Corpus,
    chosen: Floats,
    epochs: int,
    seed: int,
    ridge: float = 2e-6,
    report: bool = True,
) -> tuple[Floats, Floats]:
    """Return the weights of features and links that make the labels of the chosen chains likeliest (AdaGrad)."""
    rng = np.random.default_rng(seed)
    labels = np.frombuffer(corpus.labels, dtype=np.int8).astype(np.float64)
    links = np.frombuffer(corpus.links, dtype=np.int8)
    starts = np.frombuffer(corpus.starts, dtype=np.int32)
    ends = np.append(starts[1:], len(labels))
    lengths = np.minimum(ends - starts, 12)
    weight, total, squares = np.zeros(width, np.float32), np.zeros(width, np.float32), np.full(width, 1e-3, np.float32)
    bond, bond_squares = np.zeros(len(LINKS)), np.full(len(LINKS), 1e-2)
    steps = 0
    for epoch in range(epochs):
        order = rng.permutation(chosen)
        loss = 0.0
        for at in range(0, len(order), 400):
            batch = order[at : at + 400]
            size = lengths[batch]
            longest = int(size.max())
            index = starts[batch][:, None] + np.arange(longest)[None, :]
            real = np.arange(longest)[None, :] < size[:, None]
            index = np.where(real, index, 0)
            rows = padded[index[real]]
            score = np.zeros(index.shape)
            score[real] = weight[rows].sum(axis=1)
            y = np.where(real, labels[index], 0.0)
            link = np.where(real & (links[index] >= 0), links[index], -1)
            value = np.where(link >= 0, bond[link], 0.0)
            error, bond_error, cost = _chains(score, value, y, real)
            loss += cost
            gradient = np.bincount(rows.ravel(), weights=np.repeat(error[real], rows.shape[1]), minlength=width) / len(
                batch
            )
            gradient[0] = 0
            gradient -= ridge * weight
            squares += gradient**2
            weight += 0.3 * gradient / np.sqrt(squares)
            spots = real & (link >= 0)
            spots[:, 0] = False
            bonds = np.bincount(link[spots], weights=bond_error[spots], minlength=len(LINKS)) / len(batch)
            bond_squares += bonds**2
            bond += 0.2 * bonds / np.sqrt(bond_squares)
            if epoch >= epochs // 2:
                total += weight
                steps += 1
        if report:
            print(f"  epoch {epoch}: loss {loss / len(order):.4f}", flush=True)
    return total / max(steps, 1), bond


def _chains(score: Floats, link: Floats, y: Floats, real: Floats) -> tuple[Floats, Floats, float]:
    """Return for each word and link how much its label exceeds its chance, and the loss (forward, backward)."""
    count = score.shape[1]
    ahead = np.zeros_like(score)
    behind = np.zeros_like(score)
    ahead[:, 0] = score[:, 0]
    for k in range(1, count):
        ahead[:, k] = score[:, k] + _soft(ahead[:, k - 1] + link[:, k]) - _soft(ahead[:, k - 1])
    for k in range(count - 1, 0, -1):
        odds = score[:, k] + behind[:, k]
        behind[:, k - 1] = np.where(real[:, k], _soft(odds + link[:, k]) - _soft(odds), 0.0)
    chance = _sig(ahead + behind)
    error = np.where(real, y - chance, 0.0)
    bonds = np.zeros_like(score)
    for k in range(1, count):
        left, right = ahead[:, k - 1], score[:, k] + behind[:, k]
        both = left + right + link[:, k]
        bottom = np.logaddexp(np.logaddexp(0.0, left), np.logaddexp(right, both))
        bonds[:, k] = np.where(real[:, k], y[:, k - 1] * y[:, k] - np.exp(both - bottom), 0.0)
    likely = np.where(y > 0, chance, 1 - chance)
    return error, bonds, float(-np.log(np.clip(likely, 1e-9, 1))[real].sum())


def letters(
    names: Iterable[str], words: Iterable[str], rng: random.Random, epochs: int = 6, least: int = 6
) -> dict[str, float]:
    """Return the log-odds of runs of letters: positive where names have them, negative where words do."""
    numbers: dict[str, int] = {}
    pairs = [(name, 1.0) for name in names] + [(word, 0.0) for word in words]
    rng.shuffle(pairs)
    rows = [[numbers.setdefault(gram, len(numbers) + 2) for gram in grams(word)] for word, _ in pairs]
    counts = np.bincount(np.concatenate([np.array(row) for row in rows]), minlength=len(numbers) + 2)
    wide = max(map(len, rows)) + 1
    padded = np.zeros((len(rows), wide), dtype=np.int32)
    for k, row in enumerate(rows):
        kept = [1, *(number for number in row if counts[number] >= least)]
        padded[k, : len(kept)] = kept
    y = np.array([label for _, label in pairs])
    weight, squares, total = np.zeros(len(numbers) + 2), np.full(len(numbers) + 2, 1e-3), np.zeros(len(numbers) + 2)
    steps = 0
    for epoch in range(epochs):
        for at in range(0, len(rows), 1000):
            batch = padded[at : at + 1000]
            error = y[at : at + 1000] - _sig(weight[batch].sum(axis=1))
            gradient = np.bincount(batch.ravel(), weights=np.repeat(error, wide), minlength=len(weight)) / 1000
            gradient[0] = 0
            gradient -= 1e-5 * weight
            squares += gradient**2
            weight += 0.1 * gradient / np.sqrt(squares)
            if epoch >= epochs // 2:
                total += weight
                steps += 1
    mean = total / steps
    made = {name: float(mean[number]) for name, number in numbers.items() if counts[number] >= least}
    made[""] = float(mean[1])
    return made
