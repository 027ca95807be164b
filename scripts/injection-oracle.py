#!/usr/bin/env python3
"""Holds the detectors' verdicts (`wafcast-evaluate values`) against libinjection's.

    injection-oracle.py LIBRARY VALUES

libinjection is a yardstick, not the truth: whether AWS WAF uses it is unknown. Printed are the
agreement on attack and benign values, whether HIGH finds what LOW finds, counts by source, and
samples of the disagreements, by libinjection's fingerprint or by the form of the value. The exit
code is 1 where the agreement is below 97 % of attack values or 99.8 % of benign ones, or where HIGH
misses what LOW finds.
"""

import base64
import ctypes
import json
import math
import re
import sys
from collections import Counter, defaultdict

BARS = {"attack": 0.97, "benign": 0.998}
SAMPLES = 3
GROUPS = 12
COLUMNS = 100
FORMS = [
    ("comment or declaration", re.compile(rb"<[!?]")),
    ("tag that runs or loads something", re.compile(
        rb"</?\s*(script|style|iframe|object|embed|applet|base|meta|link|svg|frame)", re.I)),
    ("event handler", re.compile(rb"\bon\w+\s*=", re.I)),
    ("URL with a scheme", re.compile(rb"(javascript|vbscript|data|view-source)\s*:", re.I)),
    ("attribute", re.compile(rb"[\w-]+\s*=")),
    ("tag", re.compile(rb"</?[a-z]", re.I)),
]


class Yardstick:
    """libinjection, as a shared library exports it."""

    def __init__(self, path):
        library = ctypes.CDLL(path)
        self._sqli, self._xss = library.libinjection_sqli, library.libinjection_xss
        self._sqli.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p]
        self._xss.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
        library.libinjection_version.restype = ctypes.c_char_p
        self.version = library.libinjection_version().decode()

    def sqli(self, value):
        """The fingerprint of an attack; None where there is none."""
        fingerprint = ctypes.create_string_buffer(16)
        found = self._sqli(value, len(value), fingerprint)
        return fingerprint.value.decode("latin-1") if found else None

    def xss(self, value):
        return bool(self._xss(value, len(value)))


def wilson(part, whole):
    """The 95 % interval of a share, in per cent."""
    if not whole:
        return "-"
    z = 1.959963984540054
    share = part / whole
    denominator = 1 + z * z / whole
    centre = (share + z * z / (2 * whole)) / denominator
    spread = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / denominator
    low, high = max(0.0, centre - spread), min(1.0, centre + spread)
    return f"{100 * low:.2f}-{100 * high:.2f}"


def percent(part, whole):
    return f"{100 * part / whole:.2f} %" if whole else "-"


def shown(value):
    """A value that can't disturb a terminal."""
    text = "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else f"\\x{byte:02X}"
        for byte in value[:COLUMNS])
    return text[:COLUMNS] + ("…" if len(value) > COLUMNS or len(text) > COLUMNS else "")


def form(value):
    for name, pattern in FORMS:
        if pattern.search(value):
            return name
    return "other"


def table(title, columns, rows):
    rows = [[title, *columns], *[[str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[index]) for row in rows) for index in range(len(columns) + 1)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        print("  ".join(cells).rstrip())
    print()


def compare(title, rows, ours, theirs):
    """Prints how two detectors agree; returns whether the bars are met."""
    met = True
    lines = []
    for label in ("attack", "benign"):
        chosen = [row for row in rows if row["label"] == label]
        both = sum(1 for row in chosen if row[ours] and row[theirs])
        mine = sum(1 for row in chosen if row[ours])
        their = sum(1 for row in chosen if row[theirs])
        agreed = len(chosen) - (mine + their - 2 * both)
        is_met = not chosen or agreed / len(chosen) >= BARS[label]
        met = met and is_met
        lines.append([
            label, len(chosen), their, mine, both, their - both, mine - both,
            percent(agreed, len(chosen)), wilson(agreed, len(chosen)),
            f"{100 * BARS[label]:g} % " + ("met" if is_met else "MISSED"), percent(both, their)])
    table(title, ["values", "theirs", "ours", "both", "only theirs", "only ours", "agreement", "95 %",
                  "bar", "of theirs found"], lines)
    sources = defaultdict(Counter)
    for row in rows:
        for source in row["sources"]:
            counts = sources[row["label"] + " " + source]
            counts["values"] += 1
            counts["theirs"] += row[theirs]
            counts["only theirs"] += row[theirs] and not row[ours]
            counts["only ours"] += row[ours] and not row[theirs]
    table("by source", ["values", "theirs", "only theirs", "only ours", "agreement"], [
        [source, counts["values"], counts["theirs"], counts["only theirs"], counts["only ours"],
         percent(counts["values"] - counts["only theirs"] - counts["only ours"], counts["values"])]
        for source, counts in sorted(sources.items())])
    return met


def differences(title, rows, ours, theirs, kind):
    groups = defaultdict(list)
    for row in rows:
        if row[ours] != row[theirs]:
            side = "only ours" if row[ours] else "only theirs"
            groups[(row["label"], side, kind(row))].append(row)
    if not groups:
        print(f"{title}: no disagreement\n")
        return
    print(f"{title}: disagreements by label, side and kind")
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    for (label, side, name), members in ranked[:GROUPS]:
        print(f"  {len(members)} {label}, {side}, {name}")
        for row in members[:SAMPLES]:
            print(f"      {shown(row['value'])}")
    if len(ranked) > GROUPS:
        rest = sum(len(members) for _, members in ranked[GROUPS:])
        print(f"  {rest} more in {len(ranked) - GROUPS} kinds")
    print()


def main():
    library, path = sys.argv[1:]
    try:
        yardstick = Yardstick(library)
    except (OSError, AttributeError) as error:
        sys.exit(f"{library} is no library with libinjection: {error}")
    rows = []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["value"] = base64.b64decode(row["valueBase64"])
            row["fingerprint"] = yardstick.sqli(row["value"])
            row["theirSqli"] = row["fingerprint"] is not None
            row["theirXss"] = yardstick.xss(row["value"])
            rows.append(row)
    print(f"{len(rows)} distinct values; yardstick: libinjection {yardstick.version}\n")
    met = compare("SqliMatchStatement LOW", rows, "sqliLow", "theirSqli")
    met = compare("XssMatchStatement", rows, "xss", "theirXss") and met
    lost = [row for row in rows if row["sqliLow"] and not row["sqliHigh"]]
    more = Counter(row["label"] for row in rows if row["sqliHigh"] and not row["sqliLow"])
    print(f"SqliMatchStatement HIGH misses {len(lost)} values that LOW finds, and finds "
          f"{more['attack']} attack and {more['benign']} benign values more\n")
    for row in lost[:SAMPLES]:
        print(f"      {shown(row['value'])}")
    differences("SqliMatchStatement LOW", rows, "sqliLow", "theirSqli",
                lambda row: f"fingerprint {row['fingerprint']}" if row["theirSqli"]
                else "in " + "/".join(row["places"]))
    differences("XssMatchStatement", rows, "xss", "theirXss", lambda row: form(row["value"]))
    return 0 if met and not lost else 1


sys.exit(main())
