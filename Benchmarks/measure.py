#!/usr/bin/env python3
"""Runs one command with its output thrown away and prints one row of a Markdown table.

Usage: python3 measure.py RECORDS LABEL COMMAND…
"""

import sys

from runs import run


def main():
    records, label = int(sys.argv[1]), sys.argv[2]
    done = run(sys.argv[3:])
    print(f"| {label} | {records / done.seconds:,.0f} | {done.seconds:.2f} | {done.user:.2f} "
          f"| {done.cpu * 1e6 / records:.2f} | {done.memory:.0f} |")


main()
