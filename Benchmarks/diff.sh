#!/usr/bin/env bash
# Measures `wafcast diff` against `wafcast replay` of each side, in interleaved runs with one worker;
# prints a Markdown table for Baseline.md and the ratio to the dearer replay.
#
# Usage: Benchmarks/diff.sh path/to/wafcast [RECORDS] [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONDONTWRITEBYTECODE=1
wafcast=$1
records=${2:-100000}
rounds=${3:-3}
old=corpora/demo/web-acl.json
new=corpora/demo/web-acl-with-exclusion.json

input=$(python3 Benchmarks/corpus.py "$records")

cpu=$(sed -nE 's/^model name\s*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
echo "Machine: ${cpu:-$(uname -m)}, $(uname -sr)"
echo "Date: $(date -u +%Y-%m-%d). Commit: $(git rev-parse --short HEAD 2>/dev/null || echo none)."
echo "Command: \`make bench-diff N=$records\`"
echo
echo "| run | records/s | wall s | user CPU s | CPU µs a record | peak RSS MB |"
echo "|---|---:|---:|---:|---:|---:|"
table=$(mktemp)
trap 'rm -f "$table"' EXIT
measure() {
  python3 Benchmarks/measure.py "$records" "$1" "$wafcast" "${@:2}" "$input" \
    --with corpora/demo/ip-set-monitoring.json --workers 1
}
for _ in $(seq "$rounds"); do
  measure "replay old" replay "$old"
  measure "replay new" replay "$new"
  measure "diff old new" diff "$old" "$new"
  measure "diff new old" diff "$new" "$old"
done | tee "$table"
awk -F'|' '
  { gsub(/ /, "", $6); if ($2 ~ /replay old/) o += $6; else if ($2 ~ /replay new/) n += $6
    else if ($2 ~ /diff old/) a += $6; else b += $6 }
  END { r = o > n ? o : n; d = a > b ? a : b
    printf "\nThe dearer diff costs %.2f times the dearer replay (CPU time, all rounds).\n", d / r }
' "$table"
