"""How fast the bot is in Slack: every figure that the README quotes, in one run.

Run it with the Python of the house: `.venv/bin/python -m benchmarks.slack [--json] [--rounds 3]`. It takes some minutes.
What each figure is, and against what, is said in the files that measure them: slack_press, slack_pacing, slack_claim and
slack_start.
"""

from __future__ import annotations

import argparse
import json

from benchmarks import slack_claim, slack_pacing, slack_press, slack_start

PARTS = {"press": slack_press, "pacing": slack_pacing, "claim": slack_claim, "start": slack_start}


def main() -> None:
    """Measure all, and print a table for each part."""
    parser = argparse.ArgumentParser(
        description="How fast the bot is in Slack, as ratios to baselines of the same run."
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument("--rounds", type=int, default=3, help="how often presses and pacing are measured, interleaved")
    chosen = parser.parse_args()
    rounds = max(1, chosen.rounds)
    found = {
        "press": slack_press.measure(rounds),
        "pacing": slack_pacing.measure(rounds),
        "claim": slack_claim.measure(),
        "start": slack_start.measure(),
    }
    print(json.dumps(found) if chosen.json else "\n\n".join(PARTS[name].table(part) for name, part in found.items()))


if __name__ == "__main__":
    main()
