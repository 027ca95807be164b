#!/usr/bin/env bash
# Checks what a build needs: the Swift toolchain, pkg-config, libpcre2, zlib, libzstd and libmaxminddb; and the
# packages named as arguments (python3, python3-venv). Installs missing Debian packages as root; otherwise prints the one
# command to run and fails.
set -euo pipefail

if ! command -v "${SWIFT:-swift}" >/dev/null 2>&1; then
  echo "wafcast needs the Swift toolchain, version 6.2 or later: no 'swift' in PATH." >&2
  echo "Get it from https://www.swift.org/install/ and put its usr/bin into PATH." >&2
  exit 1
fi

missing=()
if ! command -v pkg-config >/dev/null 2>&1; then
  # Without pkg-config nothing says which libraries are here; installing them again does no harm.
  missing+=(pkg-config libpcre2-dev zlib1g-dev libzstd-dev libmaxminddb-dev)
else
  pkg-config --exists libpcre2-8 || missing+=(libpcre2-dev)
  pkg-config --exists zlib || missing+=(zlib1g-dev)
  pkg-config --exists libzstd || missing+=(libzstd-dev)
  pkg-config --exists libmaxminddb || missing+=(libmaxminddb-dev)
fi
for package in "$@"; do
  case "$package" in
    python3-venv) python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || missing+=(python3-venv) ;;
    *) command -v "$package" >/dev/null 2>&1 || missing+=("$package") ;;
  esac
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "wafcast needs these (by their Debian names): ${missing[*]}" >&2
  echo "On macOS: brew install pcre2 zstd libmaxminddb pkg-config" >&2
  exit 1
fi

install="apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -ne 0 ]; then
  echo "wafcast needs some packages. Run this once, then try again:" >&2
  echo "  sudo sh -c '$install'" >&2
  exit 1
fi
echo "Installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "${missing[@]}"
