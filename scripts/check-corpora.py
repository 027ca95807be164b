#!/usr/bin/env python3
"""Checks the corpora without wafcast: JSON is well formed, conformance cases have the documented
members, and corpora/demo/generate.py writes the bytes that are committed."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
# Files beside the cases in corpora/conformance that are plain tables.
TABLES = {"transformations.json", "wcu.json"}
FILE_MEMBERS = {"title", "aclDefaults", "ruleDefaults", "requestDefaults", "documents", "options",
                "cases"}
CASE_MEMBERS = {"name", "claim", "tag", "source", "acl", "rules", "statement", "documents",
                "options", "request", "expect", "diagnostics"}
TAGS = {"documented", "observed", "inferred"}
problems = []


def unique(pairs):
    """An object's members; a repeated one is an error."""
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("repeated member: " + ", ".join(name for name, _ in pairs))
    return value


def read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=unique)
    except ValueError as error:
        problems.append(f"{path.relative_to(ROOT)}: {error}")
        return None


def check_cases(path, names):
    file = read(path)
    if file is None:
        return 0
    place = path.relative_to(ROOT)
    for member in set(file) - FILE_MEMBERS:
        problems.append(f"{place}: unknown member {member}")
    cases = file.get("cases", [])
    for case in cases:
        name = case.get("name", "?")
        for member in set(case) - CASE_MEMBERS:
            problems.append(f"{place}: {name}: unknown member {member}")
        for member in ("name", "claim", "tag", "source"):
            if not case.get(member):
                problems.append(f"{place}: {name}: no {member}")
        if case.get("tag") not in TAGS:
            problems.append(f"{place}: {name}: tag {case.get('tag')}")
        if sum(member in case for member in ("acl", "rules", "statement")) != 1:
            problems.append(f"{place}: {name}: one of acl, rules, statement")
        if "expect" not in case and "diagnostics" not in case:
            problems.append(f"{place}: {name}: neither expect nor diagnostics")
        if name in names:
            problems.append(f"{place}: {name}: the name is taken")
        names.add(name)
    return len(cases)


def main():
    names, cases = set(), 0
    for path in sorted((CORPORA / "conformance").glob("*.json")):
        if path.name in TABLES:
            read(path)
        else:
            cases += check_cases(path, names)
    for path in sorted((CORPORA / "demo").glob("*.json")):
        read(path)
    committed = CORPORA / "demo" / "requests.ndjson"
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "requests.ndjson"
        generator = CORPORA / "demo" / "generate.py"
        subprocess.run([sys.executable, generator, written], check=True)
        if written.read_bytes() != committed.read_bytes():
            problems.append(
                "corpora/demo/requests.ndjson: not what generate.py writes: make corpora")
    print("\n".join(problems) if problems else f"corpora: {cases} conformance cases, no findings")
    return 1 if problems else 0


sys.exit(main())
