"""What is still being typed is kept as it is, sealed, and no longer than docs/privacy.md says."""

from __future__ import annotations

from pathlib import Path

from tests.conversations.stories import DILEMMA, group_of
from tests.conversations.test_guard_keeps_nothing import bytes_in
from tests.office import Office


async def test_a_name_is_kept_sealed_until_it_is_posted_without_it(office: Office, tmp_path: Path) -> None:
    """The form that comes back has the name in it; no byte of the database shows it; posting it ends it."""
    fatma = office.person("Fatma of inkomen")
    group_of(office)
    await fatma.says("/kompas dilemma")
    await fatma.fills(**{**DILEMMA, "situation": "Mevrouw Yilmaz vraagt hulp."})
    assert b"Yilmaz" not in bytes_in(tmp_path)
    await fatma.says("/kompas dilemma")
    assert "Yilmaz" in str(fatma.form)
    await fatma.fills()
    await fatma.says("/kompas dilemma")
    assert "Yilmaz" not in str(fatma.form)
