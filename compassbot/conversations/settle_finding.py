"""After the group has voted: what was proposed becomes a finding, or is dropped."""

from __future__ import annotations

from dataclasses import replace

from compassbot.conversations.desk import Desk
from compassbot.model.deliberations import carries, may_be_shared
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
