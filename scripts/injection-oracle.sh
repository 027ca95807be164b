#!/usr/bin/env bash
# Where our detectors of SQL injection and cross-site scripting differ from libinjection, on every
# distinct value of a labelled corpus.
#
#   scripts/injection-oracle.sh EVALUATE CORPUS...
#
# EVALUATE is the built wafcast-evaluate. Exit code 1 where a bar is missed.
set -euo pipefail
evaluate=$1
shift
scripts=$(cd "$(dirname "$0")" && pwd)
library=$("$scripts/libinjection.sh")
values=$(mktemp)
trap 'rm -f "$values"' EXIT
"$evaluate" values "$@" > "$values"
python3 "$scripts/injection-oracle.py" "$library" "$values"
