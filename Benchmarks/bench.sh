#!/usr/bin/env bash
# Builds the peers, generates what is missing and prints the table of bench.py.
#
# Usage: Benchmarks/bench.sh path/to/wafcast path/to/wafcast-bench [OPTIONS of bench.py]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONDONTWRITEBYTECODE=1
wafcast=$1
bench=$2
shift 2
peers=$here/../.build-bench/peers
"$here/peers.sh" "$peers"
exec python3 "$here/bench.py" "$wafcast" "$bench" "$peers" "$@"
