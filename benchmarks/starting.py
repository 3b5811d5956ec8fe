"""What starting costs: `--help` beside a bare Python, and the demo's second start beside its imports.

Run it with the Python of the house: `.venv/bin/python benchmarks/starting.py [--json] [--rounds 7]`.
All figures come from one run, in interleaved rounds, as medians.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

PATIENCE = 60.0  # seconds until a start counts as failed
PAUSE = 0.005  # seconds between two looks at /healthz
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COMPASSBOT_")}


def main() -> None:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description="What starting costs, as ratios to baselines of the same run.")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured, interleaved")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder) / "data", max(1, chosen.rounds))
    print(json.dumps(found) if chosen.json else table(found))


def measure(data: Path, rounds: int) -> dict[str, float]:
    """Return medians in seconds, and the two ratios, of a demo in the folder `data`."""
    start_demo(data)  # the first start makes the folder: not measured
    imports = "import " + ", ".join(third_party(start_demo(data, "-X", "importtime")))
    looked_at: dict[str, Callable[[], object]] = {
        "python": lambda: run("-c", "pass"),
        "help": lambda: run("-m", "compassbot", "--help"),
        "imports": lambda: run("-c", imports),
        "second_start": lambda: start_demo(data),
    }
    taken: dict[str, list[float]] = {name: [] for name in looked_at}
    for number in range(rounds + 1):
        for name, work in looked_at.items():
            seconds = timed(work)
            if number:  # the first round warms up the disk
                taken[name].append(seconds)
    found = {name: median(seconds) for name, seconds in taken.items()}
    return found | {
        "help_to_python": found["help"] / found["python"],
        "second_start_to_imports": found["second_start"] / found["imports"],
    }


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work says it took, or else takes."""
    begun = time.perf_counter()
    said = work()
    return said if isinstance(said, float) else time.perf_counter() - begun


def run(*arguments: str) -> None:
    """Run Python to its end. Raises CalledProcessError when it fails."""
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=ENVIRONMENT)


def start_demo(data: Path, *options: str) -> float | str:
    """Start the empty demo and stop it. Return the seconds until /healthz answers, or with options what it wrote."""
    port = free_port()
    command = [sys.executable, *options, "-m", "compassbot", "demo", "--empty", "--no-browser"]
    with tempfile.TemporaryFile("w+", encoding="utf8") as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--port", str(port), "--data-dir", str(data)], env=ENVIRONMENT, stdout=said, stderr=said
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process, begun + PATIENCE)
            seconds = time.perf_counter() - begun
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
        said.seek(0)
        return said.read() if options else seconds


def wait_for(address: str, process: subprocess.Popen[bytes], until: float) -> None:
    """Return when the address answers. Raises RuntimeError when the process ends before, or it takes too long."""
    while time.perf_counter() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - it is our own address
                return
        except OSError:
            time.sleep(PAUSE)
    raise RuntimeError("the demo does not start: run `compassbot demo --empty` to see why")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def third_party(import_times: float | str) -> Sequence[str]:
    """Return the modules, neither Python's nor ours, in what `-X importtime` wrote, that can be imported by name."""
    named = dict.fromkeys(re.findall(r"import time:.*\|\s+([\w.]+)\s*$", str(import_times), re.MULTILINE))
    others = [name for name in named if name.split(".")[0] not in {*sys.stdlib_module_names, "compassbot"}]
    code = "import importlib, json, sys\nfor name in json.load(sys.stdin):\n try:\n  importlib.import_module(name)\n"
    code += "  print(name)\n except Exception:\n  pass"
    asked = json.dumps(others)
    said = subprocess.run([sys.executable, "-c", code], input=asked, check=True, capture_output=True, text=True)
    return said.stdout.split()


def table(found: dict[str, float]) -> str:
    """Return the figures as lines."""
    return (
        f"python -c pass                     {found['python']:7.3f} s\n"
        f"compassbot --help                  {found['help']:7.3f} s   {found['help_to_python']:.1f} times python\n"
        f"importing what the demo imports    {found['imports']:7.3f} s\n"
        f"second start of demo --empty       {found['second_start']:7.3f} s   "
        f"{found['second_start_to_imports']:.2f} times its imports"
    )


if __name__ == "__main__":
    main()
