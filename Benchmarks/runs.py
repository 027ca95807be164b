"""Running commands and what they cost."""

import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Run:
    """What one command took: seconds by the clock and of CPU, the peak of resident memory in MB."""

    def __init__(self, seconds, usage, output):
        self.seconds, self.output = seconds, output
        self.cpu, self.user = usage.ru_utime + usage.ru_stime, usage.ru_utime
        self.memory = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1048576)


def run(command, stdin=None, keeps_output=False, good=(0, 1)):
    """Runs a command; exit code 1 is a replay with findings, which is a full run all the same."""
    command = [str(word) for word in command]
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdin=stdin, stderr=subprocess.PIPE,
        stdout=subprocess.PIPE if keeps_output else subprocess.DEVNULL)
    # One line of output and few of errors: neither pipe fills.
    output = process.stdout.read().decode() if keeps_output else ""
    errors = process.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        sys.exit(f"exit {process.returncode}: {' '.join(command)}\n{errors}")
    return Run(seconds, usage, output)


def figures(command):
    """What a command prints as a line of JSON."""
    return json.loads(run(command, keeps_output=True, good=(0,)).output)


def median(values):
    return statistics.median(values)


def machine():
    model = ""
    if os.path.exists("/proc/cpuinfo"):
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        model = found.group(1) if found else ""
    return (f"{model or platform.machine()}, {os.cpu_count()} cores, {platform.system()} "
            f"{platform.release()}")


def commit():
    found = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], check=False,
                           capture_output=True, text=True)
    changed = subprocess.run(
        ["git", "-C", ROOT, "status", "--porcelain", "--untracked-files=no"], check=False,
        capture_output=True, text=True)
    if found.returncode != 0:
        return "none"
    return found.stdout.strip() + (" and changes" if changed.stdout.strip() else "")
