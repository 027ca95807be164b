#!/usr/bin/env bash
# Prints the path of a library with libinjection: Debian's libmodsecurity3 exports its functions.
# Installs the package where it is missing (as root), else names the command. Development only:
# wafcast neither contains nor needs libinjection; it is the yardstick of our detectors.
set -euo pipefail

name=libmodsecurity.so.3

find_library() {
  local path
  path=$( (ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true) |
    awk -v name="$name" '$1 == name { print $NF; exit }')
  [ -n "$path" ] && echo "$path"
}

if [ -n "${LIBINJECTION:-}" ]; then
  echo "$LIBINJECTION"
  exit 0
fi
find_library && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The comparison needs libinjection: set LIBINJECTION to a library that exports" >&2
  echo "libinjection_sqli and libinjection_xss (Debian's $name does)." >&2
  exit 1
fi
# Debian 13 gave the package another name when time_t grew.
install="apt-get update -qq && (apt-get install -y --no-install-recommends libmodsecurity3 \
|| apt-get install -y --no-install-recommends libmodsecurity3t64)"
if [ "$(id -u)" -ne 0 ]; then
  echo "The comparison needs libinjection. Run this once, then try again:" >&2
  echo "  sudo sh -c '$install'" >&2
  exit 1
fi
echo "Installing: libmodsecurity3" >&2
DEBIAN_FRONTEND=noninteractive sh -c "$install" >/dev/null
find_library || { echo "$name is still not found" >&2; exit 1; }
