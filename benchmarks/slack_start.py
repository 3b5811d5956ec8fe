"""What starting in Slack costs: the server with Slack alone, beside importing the packages that it uses.

Run it with the Python of the house: `.venv/bin/python -m benchmarks.slack_start [--json] [--rounds 7]`.
Both the seconds until it is ready and its memory then are ratios, in interleaved rounds, as medians.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from benchmarks.starting import ENVIRONMENT, PATIENCE, free_port, third_party, wait_for

MEMORY = "print(open('/proc/self/status').read())"


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description="What starting in Slack costs, as ratios to imports in the same run.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured, interleaved")
    chosen = parser.parse_args()
    found = measure(max(1, chosen.rounds))
    print(json.dumps(found) if chosen.json else table(found))


def measure(rounds: int = 7) -> dict[str, float]:
    """Return medians in seconds and MiB, and the two ratios."""
    with tempfile.TemporaryDirectory(prefix="compassbot-start-") as folder:
        data = Path(folder) / "data"
        start(data)  # makes the folder: not measured
        imports = "import " + ", ".join(third_party(start(data, "-X", "importtime").said))
        taken: list[dict[str, float]] = []
        for _ in range(rounds):
            server, bare = start(data), imported(imports)
            taken.append(
                {
                    "ready_seconds": server.seconds,
                    "import_seconds": bare.seconds,
                    "ready_mib": server.mib,
                    "import_mib": bare.mib,
                    "ready_to_imports": server.seconds / bare.seconds,
                    "memory_to_imports": server.mib / bare.mib,
                }
            )
    return {name: median(each[name] for each in taken) for name in taken[0]}


class Started:
    """How long a process took until it was ready, its memory then, and what it wrote."""

    def __init__(self, seconds: float, mib: float, said: str = "") -> None:
        """Take seconds, MiB and text."""
        self.seconds = seconds
        self.mib = mib
        self.said = said


def start(data: Path, *options: str) -> Started:
    """Start the server with Slack alone and stop it, once /healthz has answered."""
    port = free_port()
    environment = ENVIRONMENT | {
        "COMPASSBOT_DATA_DIR": str(data),
        "COMPASSBOT_PORT": str(port),
        "COMPASSBOT_SLACK_BOT_TOKEN": "xoxb-benchmark",
        "COMPASSBOT_SLACK_SIGNING_SECRET": "benchmark",
        "COMPASSBOT_SLACK_API_URL": "http://127.0.0.1:9/api/",
    }
    with tempfile.TemporaryFile("w+", encoding="utf8") as said:
        begun = time.perf_counter()
        command = [sys.executable, *options, "-m", "compassbot", "serve"]
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process, begun + PATIENCE)
            seconds = time.perf_counter() - begun
            mib = _mib(Path(f"/proc/{process.pid}/status").read_text())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
        said.seek(0)
        return Started(seconds, mib, said.read())


def imported(imports: str) -> Started:
    """Import everything in a bare Python."""
    begun = time.perf_counter()
    command = [sys.executable, "-c", f"{imports}\n{MEMORY}"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=ENVIRONMENT).stdout
    return Started(time.perf_counter() - begun, _mib(said))


def _mib(status: str) -> float:
    """Return the memory that a process has in use, from what Linux tells of it."""
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024


def table(found: Mapping[str, float]) -> str:
    """Return the figures as lines."""
    return (
        f"importing what it imports    {found['import_seconds']:6.2f} s  {found['import_mib']:6.0f} MiB\n"
        f"server with Slack, ready     {found['ready_seconds']:6.2f} s  {found['ready_mib']:6.0f} MiB   "
        f"{found['ready_to_imports']:.2f} and {found['memory_to_imports']:.2f} times its imports"
    )


if __name__ == "__main__":
    main()
