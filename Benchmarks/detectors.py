#!/usr/bin/env python3
"""Times our detectors and libinjection on the same values, turn about, and prints tables.

    detectors.py EVALUATE PEER LIBRARY FOLDER

FOLDER has `values.jsonl`, the distinct values of a corpus; the sets of values are written into it.
Each figure is the quickest of several rounds. Exit code 1 where 64 KB of hostile bytes take one of
our detectors a millisecond or more.
"""

import base64
import json
import random
import struct
import subprocess
import sys
from pathlib import Path

TURNS = 3
ROUNDS = 5
HOSTILE_BYTES = 65536
BAR_NANOSECONDS = 1e6
TYPICAL = range(30, 43)


def run(*command):
    """Detector to (nanoseconds, found)."""
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = (line.split() for line in output.splitlines())
    return {name: (float(time), int(found)) for name, time, found in rows}


def measure(evaluate, peer, library, path):
    best = {}
    for _ in range(TURNS):
        ours = run(evaluate, "time", str(path), "--rounds", str(ROUNDS))
        theirs = run(peer, library, str(path), str(ROUNDS))
        for name, row in [*ours.items(), *(("their " + key, row) for key, row in theirs.items())]:
            best[name] = min(best.get(name, row), row)
    return best


def hostile():
    """64 KB of the bytes that a careless detector reads again and again."""
    generator = random.Random(64)

    def repeated(piece):
        return (piece * (HOSTILE_BYTES // len(piece) + 1))[:HOSTILE_BYTES]

    pieces = [
        ("'", b"'"), ('"', b'"'), ("backtick", b"`"), ("\\'", b"\\'"), ("'' ", b"'' "), ("(", b"("),
        ("((1),", b"((1),"), ("/*", b"/*"), ("/*!", b"/*!"), ("*/", b"*/"), ("--\\n", b"--\n"),
        ("-", b"-"), ("1 ", b"1 "), ("1+", b"1+"), ("a.", b"a."), ("@", b"@"), ("$a$", b"$a$"),
        ("q'(", b"q'("), ("{", b"{"), ("[", b"["), ("0x", b"0x"), ("select ", b"select "),
        ("a", b"a"), ("blank", b" "), ("NUL", b"\0"), ("0xFF", b"\xff"),
        ("<", b"<"), ("<a", b"<a"), ("<a ", b"<a "), ("</", b"</"), ("<!--", b"<!--"),
        ("<!", b"<!"), ("<?", b"<?"), ("<%", b"<%"), ("<a b=", b"<a b="), ("<a b='", b"<a b='"),
        ("a=", b"a="), ("&#", b"&#"), ("&#0;", b"&#0;"), ("-->", b"-->"), ("/>", b"/>"),
    ]
    yield from ((name, repeated(piece)) for name, piece in pieces)
    yield "random bytes", generator.randbytes(HOSTILE_BYTES)
    marks = b"'\"`()<>=/*-!#;,.@$%&|\\ \na1"
    yield "random marks", bytes(generator.choice(marks) for _ in range(HOSTILE_BYTES))
    yield "'<a href=' once, then letters", (b"<a href='" + b"a" * HOSTILE_BYTES)[:HOSTILE_BYTES]
    yield "1' or then prose", (b"1' or " + b"the quick brown fox " * 3300)[:HOSTILE_BYTES]


def write(path, values):
    path.write_bytes(b"".join(struct.pack("<I", len(value)) + value for value in values))
    return path


def table(columns, rows):
    print("| " + " | ".join(columns) + " |")
    print("|---" + "|---:" * (len(columns) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def row(name, count, size, best, unit):
    low, high, xss = (best[key][0] for key in ("sqli-low", "sqli-high", "xss"))
    their_sqli, their_xss = best["their sqli"][0], best["their xss"][0]
    shown = [low, high, their_sqli, xss, their_xss]
    texts = [f"{value / unit:,.1f}" for value in shown]
    return [name, f"{count:,}", f"{size:,.0f}", *texts[:3], f"{low / their_sqli:.2f}", *texts[3:],
            f"{xss / their_xss:.2f}"]


def main():
    evaluate, peer, library, folder = sys.argv[1:]
    folder = Path(folder)
    values = []
    with open(folder / "values.jsonl", encoding="utf-8") as lines:
        for line in lines:
            entry = json.loads(line)
            values.append((entry["label"], base64.b64decode(entry["valueBase64"])))
    short = [(label, value) for label, value in values if len(value) <= 8192]
    sets = [
        ("typical: 30 to 42 bytes, benign",
         [value for label, value in short if label == "benign" and len(value) in TYPICAL]),
        ("typical: 30 to 42 bytes, of attacks",
         [value for label, value in short if label == "attack" and len(value) in TYPICAL]),
        ("all values up to 8 KB, benign", [value for label, value in short if label == "benign"]),
        ("all values up to 8 KB, of attacks",
         [value for label, value in short if label == "attack"]),
    ]
    head = ["values", "number", "mean bytes", "SQLi LOW", "SQLi HIGH", "libinjection", "ratio LOW",
            "XSS", "libinjection", "ratio"]
    rows = []
    for name, chosen in sets:
        if chosen:
            best = measure(evaluate, peer, library, write(folder / "set.bin", chosen))
            rows.append(row(name, len(chosen), sum(map(len, chosen)) / len(chosen), best, 1))
    print("Nanoseconds a value:\n")
    table(head, rows)
    rows, slow = [], []
    for name, value in hostile():
        best = measure(evaluate, peer, library, write(folder / "set.bin", [value]))
        rows.append(row(f"`{name}`", 1, len(value), best, 1e3))
        slow += [f"{key} on `{name}`: {best[key][0] / 1e6:.2f} ms"
                 for key in ("sqli-low", "sqli-high", "xss") if best[key][0] >= BAR_NANOSECONDS]
    print("Microseconds for 64 KB of hostile bytes:\n")
    table(head, rows)
    if slow:
        print("Over the bar of a millisecond:\n\n" + "\n".join(f"- {line}" for line in slow))
        return 1
    print("Each of them under the bar of a millisecond.")
    return 0


sys.exit(main())
