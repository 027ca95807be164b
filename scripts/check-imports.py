#!/usr/bin/env python3
"""Holds every `import` against the dependencies that Package.swift declares, and sizes.

SwiftPM lets a transitive module through; a room may import only what it declares, and declares only
what it imports. Also checked: the ceiling of lines of each room, and that no Swift file has more
than 600 lines.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYSTEM = {"Foundation", "Dispatch", "Synchronization", "Glibc", "Musl", "Darwin"}
TEST_SYSTEM = SYSTEM | {"Testing"}
FILE_LINES = 600
# A ceiling is a signal: past it, split the room or move it to data; don't raise the number
# without a decision note.
ROOM_LINES = {
    "Behaviour": 300, "Diagnostics": 900, "Bytes": 1700, "IPAddressing": 900, "Literals": 700,
    "DocumentTree": 1500, "WAFModel": 6500, "WAFChecks": 3400, "WAFDocuments": 2200,
    "WAFCapacity": 900, "ManagedRules": 1500, "WAFRequests": 1800, "WAFTraffic": 3500,
    "Transforms": 2600, "LenientJSON": 900, "Matching": 4500, "WAFProgram": 2800,
    "WAFEngine": 8700, "GeoDatabase": 500, "WAFCompiler": 4000, "NativeRecords": 1500, "PredictedRecords": 1500, "TrafficReading": 2500,
    "WAFReplay": 3400, "ReportText": 900, "WAFReports": 3400, "Wafcast": 1200,
    "WafcastCLI": 3200, "Findings": 900, "ACLEdits": 2200, "GateSettings": 3700, "ACLTesting": 3000, "ACLDifferences": 1400, "GitRevisions": 700, "Gate": 1200, "GateReports": 2500, "WAFComparison": 1500, "SQLInjection": 3100, "CrossSiteScripting": 2500, "Evaluation": 2000, "RulesetPages": 2000, "WafcastEvaluate": 500, "WafcastBench": 500, "FuzzEntries": 1500,
}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias|actor)\s+)?(\w+)")


def declared(target):
    """The modules that a target may import by its declaration."""
    names = set()
    for dependency in target["dependencies"]:
        for kind in ("byName", "target", "product"):
            if kind in dependency:
                names.add(dependency[kind][0])
    return names


def imports(text):
    """(line number, module) of each line that reads as an import."""
    for number, line in enumerate(text.splitlines(), 1):
        match = IMPORT.match(line)
        if match:
            yield number, match.group(1)


def main():
    described = subprocess.run(
        [os.environ.get("SWIFT", "swift"), "package", "dump-package"], cwd=ROOT, check=True,
        capture_output=True, text=True)
    package = json.loads(described.stdout)
    problems = []
    for target in package["targets"]:
        name, kind = target["name"], target["type"]
        if kind not in ("regular", "executable", "test"):
            continue
        in_tests = kind == "test" or (target.get("path") or "").startswith("Tests")
        folder = ROOT / (target.get("path") or f"{'Tests' if kind == 'test' else 'Sources'}/{name}")
        if not folder.is_dir():
            problems.append(f"{folder.relative_to(ROOT)}: declared in Package.swift, not there")
            continue
        allowed = declared(target) | (TEST_SYSTEM if in_tests else SYSTEM)
        lines = 0
        used = set()
        for path in sorted(folder.rglob("*.swift")):
            text = path.read_text(encoding="utf-8")
            place, count = path.relative_to(ROOT), text.count("\n")
            lines += count
            if count > FILE_LINES:
                problems.append(f"{place}: {count} lines, {FILE_LINES} at most: split the file")
            for number, module in imports(text):
                used.add(module)
                if module not in allowed:
                    problems.append(
                        f"{place}:{number}: imports {module}, which {name} does not declare in "
                        "Package.swift")
        if not in_tests and lines:
            for module in sorted(declared(target) - used):
                problems.append(f"Package.swift: {name} declares {module} and never imports it")
        ceiling = None if in_tests else ROOM_LINES.get(name)
        if ceiling is not None and lines > ceiling:
            problems.append(f"Sources/{name}: {lines} lines, {ceiling} at most: split the room")
        if kind != "test" and not in_tests and lines and ceiling is None:
            problems.append(f"Sources/{name}: no ceiling; add the room to {Path(__file__).name}")
    print("\n".join(problems) if problems else "imports and sizes: no findings")
    return 1 if problems else 0


sys.exit(main())
