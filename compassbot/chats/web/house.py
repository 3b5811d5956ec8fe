"""The house style: our own design tokens, and after them those that a municipality published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class House:
    """`link` is the address of the token file (or ""), `css` its text where we serve it ourselves.

    `themes` are the class names that its rules hang on: a published theme says `.utrecht-theme {...}`.
    `elsewhere` is the one other address that the page may load it from. Our own dark colours are
    left out beside a house style: published ones give their dark under another class, if at all.
    """

    link: str = ""
    css: str = ""
    themes: str = ""
    elsewhere: str = ""


OWN_LINK = "/static/house.css"


def house(tokens_css: str) -> House:
    """Return the house style for a setting that holds nothing, a path or an address.

    At an address the theme's class is taken from the name of its package; where that does not give it,
    it can follow the address: `https://.../index.css#denhaag-theme`. Raises OSError for an unreadable path.
    """
    if not tokens_css:
        return House()
    if tokens_css.startswith(("http://", "https://")):
        origin = urlsplit(tokens_css)
        named = re.search(r"([a-z0-9-]+)[/-]design-tokens", origin.path)
        themes = origin.fragment or (f"{named[1]}-theme" if named else "")
        return House(tokens_css, "", themes, f"{origin.scheme}://{origin.netloc}")
    css = Path(tokens_css).read_text(encoding="utf8")
    themes = " ".join(dict.fromkeys(re.findall(r"\.([\w-]+-theme)\b", css)))
    return House(OWN_LINK, css, themes)
