"""One function in a process of its own: `python -m benchmarks.child MODULE FUNCTION ARGUMENTS` prints its result as JSON.

A process of its own for each run keeps what one run leaves behind (heap, caches, imports) out of the next.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MARK = "result: "
#: Seconds after which a process is taken to hang: the longest, building 100,000 reports, needs some minutes.
PATIENCE = 3600


def run(module: str, function: str, *arguments: Any, home: Path | None = None) -> Any:
    """Call `benchmarks.<module>.<function>` with plain JSON arguments in a new process; its result."""
    import subprocess  # here: it is no part of what the new process loads

    command = [sys.executable, "-m", "benchmarks.child", module, function, json.dumps(arguments)]
    env = {**compiled(), "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "ANNOTATOR_LANG": "zh_CN"}
    if home is not None:
        env["ANNOTATOR_HOME"] = str(home)
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    results = [line for line in done.stdout.splitlines() if line.startswith(MARK)]
    if done.returncode or not results:
        raise RuntimeError(f"{module}.{function} failed ({done.returncode}):\n{done.stderr[-3000:]}")
    return json.loads(results[-1].removeprefix(MARK))


def compiled() -> dict[str, str]:
    """The environment of every measured process, ours or raw: modules are compiled once, not at every start.

    A shell that forbids Python to keep what it compiled would have each start compile the whole program again.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def memory(field: str = "VmRSS") -> float:
    """Memory of this process in MiB: VmRSS as it is, VmHWM at its peak."""
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = (line for line in status.splitlines() if line.startswith(field + ":"))
    return int(line.split()[1]) / 1024


def main() -> None:
    module, function, arguments = sys.argv[1:]
    result = getattr(importlib.import_module(f"benchmarks.{module}"), function)(*json.loads(arguments))
    sys.stdout.write(f"\n{MARK}{json.dumps(result)}\n")
    sys.stdout.flush()
    os._exit(0)  # Qt's end is no part of any measure


if __name__ == "__main__":
    main()
