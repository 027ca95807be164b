#!/usr/bin/env python3
"""Runs one command with its output thrown away and prints one row of a Markdown table.

Usage: python3 measure.py RECORDS LABEL COMMAND…
"""

import os
import resource
import subprocess
import sys
import time


def main():
    records, label, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    started = time.monotonic()
    with open(os.devnull, "wb") as nothing:
        status = subprocess.run(command, stdout=nothing, check=False).returncode
    seconds = time.monotonic() - started
    if status not in (0, 1):  # 1 is a replay with findings, which is a full run all the same
        print(f"measure: exit {status}: {' '.join(command)}", file=sys.stderr)
        return 2
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = used.ru_maxrss / 1024 if sys.platform != "darwin" else used.ru_maxrss / 1048576
    cpu = used.ru_utime + used.ru_stime
    print(f"| {label} | {records / seconds:,.0f} | {seconds:.2f} | {used.ru_utime:.2f} "
          f"| {cpu * 1e6 / records:.2f} | {peak:.0f} |")
    return 0


sys.exit(main())
