#!/usr/bin/env bash
# The founding story in three commands, each printed before its output. Needs no network.
# Usage: scripts/demo.sh path/to/wafcast
set -euo pipefail
cd "$(dirname "$0")/.."
wafcast=$1
demo=corpora/demo

run() {
  printf '\n$ wafcast'
  printf ' %s' "$@"
  printf '\n\n'
  "$wafcast" "$@"
}

say() {
  printf '\n== %s\n' "$*"
}

# The request to explain: the first one for /admin/ in the recording.
id=$(grep -m 1 -F '"uri":"/admin/",' "$demo/requests.ndjson" |
  sed -E 's/.*"requestId":"([^"]*)".*/\1/')

say "1. What would this web ACL, not deployed yet, have done to the recorded requests?"
run replay "$demo/web-acl.json" "$demo/requests.ndjson" --with "$demo/ip-set-monitoring.json"

say "2. The same with the exclusion: /admin answers, and the label is still added."
run replay "$demo/web-acl-with-exclusion.json" "$demo/requests.ndjson" \
  --with "$demo/ip-set-monitoring.json"

say "3. Why is /admin/ blocked? One request's way through the web ACL."
run explain "$demo/web-acl.json" "$demo/requests.ndjson" \
  --with "$demo/ip-set-monitoring.json" --request-id "$id"
