#!/usr/bin/env bash
# Runs every fuzz target for some seconds, with the address sanitizer: scripts/fuzz.sh [SECONDS]
#
# As many targets at a time as there are cores. Inputs begin with the seeds of corpora/fuzz and go on
# with those found in earlier runs (build/fuzz/TARGET/corpus). What breaks a target is in
# build/fuzz/TARGET/findings; to see it again, and once it is mended, keep it:
#
#   .build-fuzz/release/WafcastFuzz --target=TARGET FILE
#   mv FILE corpora/fuzz/TARGET/
#
# FUZZ_TARGETS="FuzzHAR FuzzTexts" runs those alone, FUZZ_JOBS=4 four at a time.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-600}
case "$seconds" in
  '' | *[!0-9]*)
    echo "usage: scripts/fuzz.sh [SECONDS]" >&2
    exit 64
    ;;
esac
jobs=${FUZZ_JOBS:-$(nproc 2>/dev/null || sysctl -n hw.ncpu)}

export WAFCAST_FUZZ=1
flags=(-c release --scratch-path .build-fuzz --product WafcastFuzz --sanitize=fuzzer
  -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=address)
"${SWIFT:-swift}" build "${flags[@]}"
binary=.build-fuzz/release/WafcastFuzz

if [ -n "${FUZZ_TARGETS:-}" ]; then
  read -r -a targets <<<"$FUZZ_TARGETS"
else
  # Every target has a folder of seeds: the tests see to that.
  targets=()
  for folder in corpora/fuzz/*/; do targets+=("$(basename "$folder")"); done
fi

# Targets that need a file write it here; memory is quicker than a disk.
scratch=$(mktemp -d "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")/wafcast-fuzz.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
export TMPDIR=$scratch
# A trap of Swift is libFuzzer's to catch. Stacks of four calls tell where memory came from, too,
# and cost a third.
export SWIFT_BACKTRACE=enable=no
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:malloc_context_size=4:quarantine_size_mb=16

fuzz() {
  local target=$1 folder=build/fuzz/$1
  rm -rf "$folder/findings" "$folder/log"
  mkdir -p "$folder/corpus" "$folder/findings"
  local options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -detect_leaks=0
    -print_final_stats=1
    -artifact_prefix="$folder/findings/")
  [ -f "corpora/fuzz/$target.dict" ] && options+=(-dict="corpora/fuzz/$target.dict")
  local status=0
  "$binary" --target="$target" "${options[@]}" "$folder/corpus" "corpora/fuzz/$target" \
    >"$folder/log" 2>&1 || status=$?
  echo "$status" >"$folder/status"
  echo "$target: exit code $status" >&2
}

echo "${#targets[@]} targets, $seconds s each, $jobs at a time" >&2
for target in "${targets[@]}"; do
  while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do wait -n || true; done
  fuzz "$target" &
done
wait

failed=0
printf '\n%-20s %12s %9s %9s %9s\n' target executions per-s coverage findings
for target in "${targets[@]}"; do
  folder=build/fuzz/$target
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log")
  rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$folder/log")
  coverage=$(grep -a -oE ' cov: [0-9]+' "$folder/log" | tail -n 1 | grep -oE '[0-9]+' || true)
  findings=$(find "$folder/findings" -type f | wc -l)
  printf '%-20s %12s %9s %9s %9s\n' "$target" "${executions:--}" "${rate:--}" "${coverage:--}" \
    "$findings"
  if [ "$findings" -gt 0 ] || [ "$(cat "$folder/status")" -ne 0 ]; then
    failed=1
    grep -a -m 2 -E '^broken invariant|^SUMMARY|Fatal error|timeout' "$folder/log" |
      cut -c 1-300 | sed 's/^/    /' || true
    find "$folder/findings" -type f | sed 's/^/    /'
  fi
done
exit "$failed"
