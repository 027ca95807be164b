#!/usr/bin/env python3
"""Measures wafcast and its peers turn about, and prints a Markdown table for Baseline.md.

`make bench` builds what this runs. Times are CPU time of one thread unless said, medians of rounds;
trust the ratios within one run, not the last digit.
"""

import argparse
import datetime
import sys
from pathlib import Path

from corpus import Corpus
from evaluation import Evaluation
from replays import Replays
from runs import ROOT, commit, figures, machine, median, run
from table import Table, micros, times

STAGES = ["evaluate", "read", "compile", "worst"]


class Peers:
    """The drivers that peers.sh built, and why others are not there."""

    def __init__(self, directory):
        self.directory = directory
        self.reasons = {}
        missing = directory / "missing.txt"
        if missing.exists():
            for line in missing.read_text().splitlines():
                name, reason = line.split("\t")
                self.reasons[name] = reason

    def path(self, name):
        return self.directory / name

    def has(self, name):
        return self.path(name).exists()

    def reason(self, name):
        return self.reasons.get(name, "it was not built")


class Size:
    """How much is measured."""

    def __init__(self, records, long_records):
        self.records, self.long_records = records, long_records
        # libmodsecurity takes a millisecond for one.
        self.slow_requests = min(records, 2_000 if records < 1_000_000 else 20_000)


def compiling(table, wafcast, bench, corpus, rounds, folders):
    """From documents to a program: the first time in a process, by the clock."""
    acls = [(f"{name}", corpus.acl(name), bar) for name, bar in (
        ("patterns", 20), ("managed", None), ("custom", None), ("addresses", None))]
    acls += [(f"{path.name} of one's own", path, 50) for path in folders]
    for name, acl, bar in acls:
        found = [figures([bench, "compile", acl, "--rounds", 1]) for _ in range(rounds)]
        wall = median([each["wall"][0] for each in found]) / 1e6
        cpu = median([each["nanoseconds"][0] for each in found]) / 1e6
        table.add("compile", name, f"{wall:.1f} ms", f"{cpu:.1f} ms of CPU",
                  f"{bar} ms" if bar else "", wall <= bar if bar else None)
    wall = median([run([wafcast, "--version"]).seconds for _ in range(4 * rounds)]) * 1000
    table.add("start", "`wafcast --version`", f"{wall:.1f} ms", "", "30 ms", wall <= 30)


def worst_cases(table, bench, corpus, rounds):
    """Requests that are made to be dear."""
    acl = corpus.acl("patterns-count")
    cases = {kind: [] for kind in ("literals", "plain")}
    for _ in range(rounds):
        for kind, values in cases.items():
            found = figures([bench, "evaluate", acl, corpus.dear(kind, 500)])
            values.append(median(found["nanoseconds"]) / found["requests"])
    dear, plain = median(cases["literals"]), median(cases["plain"])
    table.add("worst", "every literal present, all rules counting", micros(dear),
              f"{times(dear / plain)} one of its size ({micros(plain)})", "20 ×",
              dear <= 20 * plain)
    times_of = []
    for _ in range(rounds):
        found = figures([bench, "evaluate", corpus.acl("backtracking"),
                         corpus.dear("backtracking", 50)])
        times_of.append(median(found["nanoseconds"]) / found["requests"])
    table.add("worst", "a pattern that backtracks to its match limit", micros(median(times_of)),
              "a request that gives up")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wafcast", type=Path, help="the release build")
    parser.add_argument("bench", type=Path, help="wafcast-bench, of the same build")
    parser.add_argument("peers", type=Path, help="the folder of what peers.sh built")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--long-records", type=int, default=0,
                        help="so many records from standard input, for their memory")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acl", type=Path, action="append", default=[],
                        help="a web ACL of one's own to compile; repeatable")
    parser.add_argument("--stages", default=",".join(STAGES),
                        help=f"what is measured: {', '.join(STAGES)}")
    options = parser.parse_args()
    stages = options.stages.split(",")
    corpus, peers = Corpus(options.seed), Peers(options.peers)
    size = Size(options.records, options.long_records)

    table = Table()
    if "evaluate" in stages:
        Evaluation(options.bench, peers, corpus, size, options.rounds).run(table)
    if "read" in stages:
        Replays(options.wafcast, options.bench, peers, corpus, size,
                max(1, options.rounds // 2 + 1)).run(table)
    if "compile" in stages:
        compiling(table, options.wafcast, options.bench, corpus, options.rounds, options.acl)
    if "worst" in stages:
        worst_cases(table, options.bench, corpus, options.rounds)

    print(f"Machine: {machine()}")
    print(f"Date: {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}. Commit: {commit()}.")
    arguments = " ".join(sys.argv[4:]).replace(str(ROOT) + "/", "")
    print(f"Command: `make bench` ({arguments or 'defaults'})")
    print()
    print(table.text(), end="")
    return 0


sys.exit(main())
