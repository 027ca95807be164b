#!/usr/bin/env bash
# Measures `wafcast replay` over generated records; prints a Markdown table for Baseline.md.
#
# Usage: Benchmarks/replay.sh path/to/wafcast [RECORDS]
# The records are generated once into .build-bench/ and kept; the web ACL is that of the demo.
set -euo pipefail
cd "$(dirname "$0")/.."
wafcast=$1
records=${2:-1000000}
workers=$(nproc 2>/dev/null || sysctl -n hw.ncpu)
input=.build-bench/records-$records.ndjson

mkdir -p .build-bench
if [ ! -f "$input" ]; then
  echo "Generating $records records …" >&2
  python3 Benchmarks/generate.py "$records" >"$input.part"
  mv "$input.part" "$input"
fi
gzip --fast --keep --force "$input"

cpu=$(sed -nE 's/^model name\s*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
echo "Machine: ${cpu:-$(uname -m)}, $workers cores, $(uname -sr)"
echo "Date: $(date -u +%Y-%m-%d). Commit: $(git rev-parse --short HEAD 2>/dev/null || echo none)."
echo "Command: \`make bench N=$records\` ($(wc -c <"$input") bytes of records)"
echo
echo "| run | records/s | wall s | user CPU s | CPU µs a record | peak RSS MB |"
echo "|---|---:|---:|---:|---:|---:|"
replay() {
  local label=$1
  shift
  python3 Benchmarks/measure.py "$records" "$label" "$wafcast" replay corpora/demo/web-acl.json \
    --with corpora/demo/ip-set-monitoring.json "$@"
}
# The peer of this first figure only reads: whatever replays requests has to parse them.
python3 Benchmarks/measure.py "$records" "peer: json.loads on each line (CPython), no evaluation" \
  python3 Benchmarks/read_records.py "$input"
replay "1 worker" "$input" --workers 1
if [ "$workers" -gt 1 ]; then
  replay "$workers workers" "$input" --workers "$workers"
fi
replay "$workers workers, .gz" "$input.gz" --workers "$workers"
replay "$workers workers, predicted records written" "$input" --workers "$workers" \
  --output /dev/null
