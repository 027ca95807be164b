#!/bin/sh
# Writes the pages of the managed rule groups again: rulesets/*.md and the list in
# rulesets/README.md are what `wafcast rulesets` prints of rulesets/aws/*.json.
#
#   scripts/rulesets.sh WAFCAST
set -eu

wafcast=$1
cd "$(dirname "$0")/../rulesets"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for file in aws/*.json; do
  group=$(basename "$file" .json)
  # Written whole or not at all.
  "$wafcast" rulesets show "$group" --format markdown > "$work/$group.md"
done
"$wafcast" rulesets list --format markdown > "$work/list"
awk -v list="$work/list" '
  /^<!-- groups -->$/ { print; while ((getline line < list) > 0) print line; skipping = 1; next }
  /^<!-- \/groups -->$/ { skipping = 0 }
  !skipping { print }
' README.md > "$work/README.md"

for page in *.md; do
  [ -e "$work/$page" ] || rm -- "$page"
done
for page in "$work"/*.md; do
  cat "$page" > "$(basename "$page")"
done
