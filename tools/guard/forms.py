"""Names in the forms in which they are written: whole, with initials, turned round."""

from __future__ import annotations

from names import Pool


def person(pool: Pool, slot: str) -> str:
    """Return a name in the form of a slot."""
    rng = pool.rng
    origin = pool.origin()
    if slot == "P":
        slot = rng.choices("FLNIKR", [34, 14, 34, 9, 4, 2])[0]
    if slot == "F":
        return pool.given(origin)
    if slot == "J":
        return f"{pool.surname(origin)}, {pool.initials()}"
    if slot == "L":
        name = pool.surname(origin)
        return name[:1].upper() + name[1:] if rng.random() < 0.7 or name[:3] in ("el ", "al-") else name
    given, last = pool.person(origin)
    if slot == "N":
        return f"{given} {last}" if rng.random() > 0.06 else f"{given} {pool.given(origin)} {last}"
    if slot == "K":
        return f"{given} {last.split(' ')[-1][0].upper()}."
    if slot == "R":
        return f"{last[:1].upper() + last[1:]}, {rng.choice([given, pool.initials()])}"
    return f"{pool.initials()}{rng.choice(['', ' ', ' '])}{last}"
