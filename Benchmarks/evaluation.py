"""Evaluating requests in memory, by web ACL and beside the peers."""

from corpus import PATTERNS
from runs import figures, median, run
from table import micros, times

STAGE = "evaluate"
# The engine's memory of recurring values, by the name that wafcast-bench knows it by.
MEMORY = "value-memory"
# (figure, web ACL, bytes that each body has; 0 for bodies as they come)
ACLS = [
    ("headers and paths", "headers-and-paths", 0),
    ("free managed groups", "managed", 0),
    ("free managed groups, 8 KB bodies", "managed", 8192),
    ("1,500 WCU of custom rules", "custom", 0),
    ("10 IP sets of 10,000 blocks", "addresses", 0),
    ("200 patterns", "patterns", 0),
    ("200 patterns and detectors", "patterns-and-detectors", 0),
]
# (figure, peer, mode)
PEERS = [
    ("floor: one pass over the bytes", "memory_pass", None),
    ("Hyperscan, scan only", "hyperscan", "scan"),
    ("Hyperscan, split, transform and scan", "hyperscan", "whole"),
    ("RE2::Set, split, transform and scan", "re2_set", "whole"),
    ("PCRE2 JIT, split, transform, each pattern", "pcre2", "whole"),
]
JUDGES = ["pcre2", "hyperscan", "re2_set", "modsecurity"]


class Evaluation:
    """Runs everything turn about, and compares medians."""

    def __init__(self, bench, peers, corpus, size, rounds):
        self.bench, self.peers, self.corpus = bench, peers, corpus
        # Enough to be beyond all caches; all figures are of the same requests but for the slowest.
        self.count = min(size.records, 50_000)
        self.slow_count = size.slow_requests
        self.rounds = rounds
        self.has_memory = MEMORY in run([bench, "evaluate", "--help"], keeps_output=True).output
        self.times, self.found = {}, {}

    def ours(self, acl, body_bytes=0, without=None):
        count = min(self.count, 5_000) if body_bytes else self.count
        command = [self.bench, "evaluate", self.corpus.acl(acl),
                   self.corpus.native(count, body_bytes)]
        return command + (["--without", without] if without else [])

    def peer(self, name, mode):
        return ([self.peers.path(name)] + ([mode] if mode else [])
                + [self.corpus.neutral(self.count), "--patterns", PATTERNS])

    def modsecurity(self, *arguments):
        return [self.peers.path("modsecurity"), self.corpus.neutral(self.count), "--rules",
                self.corpus.rules(*arguments), "--limit", self.slow_count]

    def commands(self):
        """(key, command) of each figure."""
        for figure, acl, body_bytes in ACLS:
            yield figure, self.ours(acl, body_bytes)
            if self.has_memory:
                yield (figure, "off"), self.ours(acl, body_bytes, without=MEMORY)
        for figure, peer, mode in PEERS:
            if self.peers.has(peer):
                yield figure, self.peer(peer, mode)
        if self.peers.has("modsecurity"):
            yield "libmodsecurity", self.modsecurity()
            yield "libmodsecurity and libinjection", self.modsecurity("--detectors")

    def run(self, table):
        commands = list(self.commands())
        for _ in range(self.rounds):
            for key, command in commands:
                found = figures(command)
                self.found[key] = found
                self.times.setdefault(key, []).append(
                    median(found["nanoseconds"]) / found["requests"])
        self.report_acls(table)
        self.report_peers(table)
        self.report_matching(table)

    def time(self, key):
        return median(self.times[key]) if key in self.times else None

    def report_acls(self, table):
        for figure, _, _ in ACLS:
            on, off = self.time(figure), self.time((figure, "off"))
            compared = f"{micros(off)} with the memory of values off" if off else ""
            table.add(STAGE, figure, micros(on), compared)

    def report_peers(self, table):
        on = self.time("200 patterns")
        # The bars are of the engine with the memory of recurring values off, where it has one.
        off = self.time(("200 patterns", "off")) or on
        for figure, peer, _ in PEERS:
            time = self.time(figure)
            if time is None:
                table.skip(STAGE, figure, self.peers.reason(peer))
                continue
            compared = f"{times(time / off)} ours"
            if figure.startswith("Hyperscan, split"):
                table.add(STAGE, figure, micros(time), compared + ", memory off",
                          "ours as fast", off <= time)
                if self.has_memory:
                    table.add(STAGE, figure, micros(time), f"{times(time / on)} ours, memory on",
                              "ours 1.5 times as fast", on * 1.5 <= time)
                else:
                    table.skip(STAGE, figure, "this engine has no memory of values to switch off")
            else:
                table.add(STAGE, figure, micros(time), compared)
        for figure, ours, least in (
                ("libmodsecurity", off, 200),
                ("libmodsecurity and libinjection",
                 self.time(("200 patterns and detectors", "off"))
                 or self.time("200 patterns and detectors"), 100)):
            time = self.time(figure)
            if time is None:
                table.skip(STAGE, figure, self.peers.reason("modsecurity"))
            else:
                table.add(STAGE, figure, micros(time), f"{times(time / ours)} ours",
                          f"{least} times ours", time >= ours * least)

    def report_matching(self, table):
        """Which requests match is the same for all, or the figures compare nothing."""
        ours = self.matching(self.ours("patterns"), "wafcast")
        for name in JUDGES:
            if not self.peers.has(name):
                continue
            command = self.modsecurity() if name == "modsecurity" else self.peer(name, "whole")
            theirs = self.matching(command, name)
            count = self.slow_count if name == "modsecurity" else self.count
            expected = {number for number in ours if number < count}
            only_ours, only_theirs = expected - theirs, theirs - expected
            text = f"{len(theirs):,} of {min(count, self.count):,} requests match"
            if only_ours or only_theirs:
                text += (f"; only ours {sorted(only_ours)[:5]} ({len(only_ours)}), only theirs "
                         f"{sorted(only_theirs)[:5]} ({len(only_theirs)})")
            table.add("same matches", f"200 patterns: wafcast and {name}", text, "",
                      "none differs", expected == theirs)

    def matching(self, command, name):
        path = self.corpus.directory / f"matching-{name}.txt"
        rounds = ["--warm-ups", 0]
        figures(command + ["--matching", path] + rounds)
        return {int(line) for line in path.read_text().split()}
