"""After the group has voted: what was proposed becomes a finding, or is dropped."""

from __future__ import annotations

from dataclasses import replace

from compassbot.conversations.desk import Desk
from compassbot.model.deliberations import carries, may_be_shared, quarter_of
from compassbot.model.dilemmas import Dilemma


def settle(desk: Desk, dilemma: Dilemma) -> None:
    """After the group has voted: make the finding final, or drop what was proposed."""
    round = next(each for each in desk.house.methods[dilemma.method].rounds if each.kind == "agree")
    votes = [content for _, content in desk.books.answers.of_round(dilemma.id, round.id)]
    findings = desk.books.findings
    finding = findings.get(dilemma.id)
    if not finding:
        return
    if not carries(str(vote["agree"]) for vote in votes):
        findings.drop(dilemma.id)
        findings.mark(dilemma.id, "dropped")
        return
    shared = may_be_shared(str(vote.get("share", "")) for vote in votes)
    findings.keep(replace(finding, sentence=finding.sentence if shared else ""), final=True)
    findings.mark(dilemma.id, "agreed")
    _stand_with_the_author(desk, dilemma)


def _stand_with_the_author(desk: Desk, dilemma: Dilemma) -> None:
    """Let the author stand behind the finding too: only now, in one go with all others, so that no row tells who."""
    dilemmas = desk.books.dilemmas
    author = dilemmas.author(dilemma.id)
    if author:
        dilemmas.stand(dilemma.id, author, quarter_of(desk.now), dilemma.department)
    dilemmas.stand_anew(dilemma.id)
