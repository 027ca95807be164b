#!/usr/bin/env bash
# Our detectors of SQL injection and cross-site scripting, and libinjection, on the same values in
# one run.
#
#   Benchmarks/detectors.sh EVALUATE CORPUS...
#
# EVALUATE is wafcast-evaluate in a release build. Exit code 1 where 64 KB of hostile bytes take our
# detectors a millisecond or more.
set -euo pipefail
evaluate=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
library=$("$here/../scripts/libinjection.sh")
compiler=$(command -v clang || command -v cc) || { echo "a C compiler is needed" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$compiler" -O2 -o "$work/peer" "$here/detectors_peer.c" -ldl
"$evaluate" values "$@" > "$work/values.jsonl"

cpu=$(sed -nE 's/^model name\s*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
echo "Machine: ${cpu:-$(uname -m)}, $(uname -sr)"
echo "Date: $(date -u +%Y-%m-%d). Commit: $(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo none)."
echo
python3 "$here/detectors.py" "$evaluate" "$work/peer" "$library" "$work"
