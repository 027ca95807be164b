#!/usr/bin/env bash
# Writes the documentation of the library Wafcast to build/docs; a warning is an error.
#
# Wafcast re-exports types of other rooms, so their public symbols belong to its page: the symbol
# graph of Wafcast is extracted together with the rooms it re-exports.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=$(command -v "${SWIFT:-swift}")
# The toolchain's tools stand beside swift, wherever that is.
tools=$(dirname "$(readlink -f "$swift")")
for tool in docc swift-symbolgraph-extract; do
  if [ ! -x "$tools/$tool" ]; then
    echo "docs: this Swift toolchain has no $tool" >&2
    exit 1
  fi
done

"$swift" build --target Wafcast
built=$("$swift" build --show-bin-path)
graphs=build/symbol-graphs
rm -rf "$graphs" build/docs
mkdir -p "$graphs"

reexported=$(sed -nE 's/^@_exported (public )?import (([a-z]+ )?([A-Za-z]+)).*/\4/p' \
  Sources/Wafcast/*.swift | sort -u | paste -sd, -)
target=$("$swift" -print-target-info | sed -nE 's/^ *"unversionedTriple": "(.*)",?/\1/p')
maps=()
for map in Sources/*/module.modulemap .build/checkouts/*/Sources/*/include/module.modulemap \
  "$built"/CRulesets.build/module.modulemap rulesets/include/module.modulemap \
  "$built"/CByteMasks.build/module.modulemap Sources/CByteMasks/include/module.modulemap; do
  [ -f "$map" ] && maps+=(-Xcc "-fmodule-map-file=$map")
done
includes=()
for library in libpcre2-8 zlib libzstd; do
  for flag in $(pkg-config --cflags "$library"); do
    includes+=(-Xcc "$flag")
  done
done
"$tools/swift-symbolgraph-extract" -module-name Wafcast -target "$target" \
  -I "$built/Modules" -I "$built" "${maps[@]}" "${includes[@]}" \
  -minimum-access-level public -skip-synthesized-members \
  ${reexported:+-experimental-allowed-reexported-modules="$reexported"} \
  -output-dir "$graphs"

catalog=()
for folder in Sources/Wafcast/*.docc; do
  [ -d "$folder" ] && catalog+=("$folder")
done
"$tools/docc" convert "${catalog[@]}" --additional-symbol-graph-dir "$graphs" \
  --fallback-display-name Wafcast --fallback-bundle-identifier wafcast.Wafcast \
  --warnings-as-errors --output-path build/docs
echo "Documentation: build/docs"
