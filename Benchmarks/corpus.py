#!/usr/bin/env python3
"""Keeps generated files in .build-bench/, under a name that changes with what generates them.

Usage: python3 corpus.py N [SEED]; prints the path of N AWS WAF log records.
"""

import hashlib
import itertools
import subprocess
import sys
from pathlib import Path

import acls
import forms
import worst
from traffic import Traffic

HERE = Path(__file__).resolve().parent
SOURCES = ("traffic.py", "attacks.py", "forms.py", "worst.py", "acls.py", "seclang.py",
           "patterns_acl.py", "patterns.tsv")
PATTERNS = HERE / "patterns.tsv"


class Corpus:
    """The generated files for one seed."""

    def __init__(self, seed=1):
        self.seed = seed
        digest = hashlib.sha256(b"".join([(HERE / name).read_bytes() for name in SOURCES]))
        self.directory = HERE.parent / ".build-bench" / f"{digest.hexdigest()[:12]}-{seed}"
        self.directory.mkdir(parents=True, exist_ok=True)

    def made(self, name, make):
        """The path of a file or folder, which `make` writes where it isn't there."""
        path = self.directory / name
        if not path.exists():
            print(f"Generating {name} …", file=sys.stderr)
            part = self.directory / f"{name}.part"
            make(part)
            part.rename(path)
        return path

    def waf_log(self, count):
        return self.made(f"waf-log-{count}.ndjson",
                         lambda path: self.write(path, forms.waf_log, self.requests(count)))

    def gzip(self, count):
        source = self.waf_log(count)
        return self.made(f"{source.name}.gz", lambda path: self.compress(["gzip"], source, path))

    def zstd(self, count):
        source = self.waf_log(count)
        return self.made(f"{source.name}.zst", lambda path: self.compress(["zstd"], source, path))

    def native(self, count, body_bytes=0):
        return self.made(
            f"native-{count}-{body_bytes}.ndjson",
            lambda path: self.write(path, forms.native, self.requests(count, body_bytes)))

    def neutral(self, count):
        return self.made(
            f"neutral-{count}.bin",
            lambda path: self.write(path, forms.neutral, self.requests(count), forms.MAGIC))

    def dear(self, kind, count):
        """`literals`, `plain` or `backtracking`: native records of worst.py."""
        made = {"literals": lambda: worst.every_literal(PATTERNS, count, self.seed),
                "plain": lambda: worst.plain(count, self.seed),
                "backtracking": lambda: worst.backtracking(count)}[kind]
        return self.made(f"{kind}-{count}.ndjson",
                         lambda path: self.write(path, forms.native, made()))

    def acl(self, name):
        return self.made("acls", lambda path: acls.write_all(path, self.seed)) / name

    def rules(self, *arguments):
        def make(path):
            with open(path, "wb") as output:
                subprocess.run([sys.executable, HERE / "seclang.py", PATTERNS, *arguments],
                               check=True, stdout=output)
        return self.made("".join(["rules", *arguments, ".conf"]), make)

    def requests(self, count, body_bytes=0):
        return itertools.islice(Traffic(self.seed, body_bytes), count)

    @staticmethod
    def write(path, form, requests, head=b""):
        with open(path, "wb") as output:
            output.write(head)
            for request in requests:
                output.write(form(request))

    @staticmethod
    def compress(command, source, path):
        with open(source, "rb") as plain, open(path, "wb") as output:
            subprocess.run(command + ["-c"], check=True, stdin=plain, stdout=output)


if __name__ == "__main__":
    print(Corpus(int(sys.argv[2]) if len(sys.argv) > 2 else 1).waf_log(int(sys.argv[1])))
