"""Reading, and replays from end to end."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from runs import figures, median, run
from table import micros, times

HERE = Path(__file__).resolve().parent
LEAST_SPEED = 0.1  # of simdjson's, on one core
LEAST_GAIN = 1.8  # by a second core
MOST_SECONDS = 8  # for a million records
MOST_LOSS = 1.25  # by gzip
MOST_MEMORY = 256  # MB


class Replays:
    """Replays of the generated log, turn about with simdjson on the same file."""

    def __init__(self, wafcast, bench, peers, corpus, size, rounds):
        self.wafcast, self.bench, self.peers, self.corpus = wafcast, bench, peers, corpus
        self.count, self.long_count, self.rounds = size.records, size.long_records, rounds
        self.acl = corpus.acl("managed")
        self.runs, self.parsing, self.reading = {}, [], {"framing": [], "decoding": []}

    def command(self, path, workers):
        return [self.wafcast, "replay", self.acl, path, "--workers", workers]

    def commands(self):
        plain = self.corpus.waf_log(self.count)
        yield "1 worker", self.command(plain, 1)
        yield "2 workers", self.command(plain, 2)
        yield "2 workers, .gz", self.command(self.corpus.gzip(self.count), 2)
        if shutil.which("zstd"):
            yield "2 workers, .zst", self.command(self.corpus.zstd(self.count), 2)
        yield "2 workers, predicted records written", (
            self.command(plain, 2) + ["--output", os.devnull])

    def run(self, table):
        plain = self.corpus.waf_log(self.count)
        commands = list(self.commands())
        for _ in range(self.rounds):
            if self.peers.has("simdjson_parse"):
                parsed = figures([self.peers.path("simdjson_parse"), plain])
                self.parsing.append(median(parsed["nanoseconds"]) / parsed["requests"])
            read = figures([self.bench, "read", plain])
            for stage, times_of in self.reading.items():
                times_of.append(median(read[stage]) / read["requests"])
            for name, command in commands:
                self.runs.setdefault(name, []).append(run(command))
        self.report_reading(table)
        self.report_replays(table)
        if not shutil.which("zstd"):
            table.skip("replay", "2 workers, .zst", "the command zstd is not here")
        if self.long_count:
            self.report_long(table)

    def report_reading(self, table):
        size = self.corpus.waf_log(self.count).stat().st_size / self.count
        parsing = median(self.parsing) if self.parsing else None
        if parsing:
            table.add("read", f"simdjson, parse only ({size:,.0f} bytes a record)",
                      micros(parsing))
        else:
            table.skip("read", "simdjson, parse only", self.peers.reason("simdjson_parse"))
        for stage, name in (("framing", "finding records"),
                            ("decoding", "finding and decoding records")):
            time = median(self.reading[stage])
            table.add("read", name, micros(time),
                      f"{times(time / parsing)} simdjson" if parsing else "")

    def seconds(self, name):
        return median([each.seconds for each in self.runs[name]])

    def report_replays(self, table):
        scale = 1_000_000 / self.count
        parsing = median(self.parsing) if self.parsing else None
        for name, runs in self.runs.items():
            seconds = self.seconds(name)
            cpu = median([each.cpu for each in runs]) / self.count * 1e9
            value = f"{micros(cpu)} of CPU, {seconds * scale:.1f} s a million"
            compared, bar, is_met = "", "", None
            if name == "1 worker" and parsing:
                speed = parsing / cpu
                compared, bar = f"{speed:.3f} of simdjson's speed", f"{LEAST_SPEED}"
                is_met = speed >= LEAST_SPEED
            elif name == "2 workers":
                bar, is_met = f"{MOST_SECONDS} s", seconds * scale <= MOST_SECONDS
            elif name == "2 workers, .gz":
                loss = seconds / self.seconds("2 workers")
                compared, bar = f"{times(loss)} plain", f"{MOST_LOSS} ×"
                is_met = loss <= MOST_LOSS
            elif name == "2 workers, .zst":
                compared = f"{times(seconds / self.seconds('2 workers'))} plain"
            table.add("replay", name, value, compared, bar, is_met)
        if parsing:
            speed = parsing * self.count / 1e9 / self.seconds("2 workers")
            least = LEAST_SPEED * LEAST_GAIN
            table.add("replay", "2 workers, by the clock", f"{speed:.3f} of simdjson's speed",
                      f"{times(self.seconds('1 worker') / self.seconds('2 workers'))} 1 worker",
                      f"{least:.2f}", speed >= least)
        memory = max(each.memory for runs in self.runs.values() for each in runs)
        table.add("memory", f"{self.count:,} records", f"{memory:.0f} MB", "all of the replays",
                  f"{MOST_MEMORY} MB", memory <= MOST_MEMORY)

    def report_long(self, table):
        """As many records as are asked for; none of them is ever in a file."""
        generate = [sys.executable, str(HERE / "generate.py"), str(self.long_count),
                    str(self.corpus.seed)]
        with subprocess.Popen(generate, stdout=subprocess.PIPE) as source:
            done = run(self.command("-", 2), stdin=source.stdout)
        table.add("memory", f"{self.long_count:,} records", f"{done.memory:.0f} MB",
                  "from standard input", f"{MOST_MEMORY} MB", done.memory <= MOST_MEMORY)
