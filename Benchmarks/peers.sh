#!/usr/bin/env bash
# Builds the drivers of the peers into a folder; its missing.txt lists what can't be had here.
#
# Usage: Benchmarks/peers.sh DIRECTORY
#
# Debian packages that are missing are installed as root, and otherwise named in one command; a peer
# without its library is left out. arm64 has no Hyperscan: Vectorscan is its fork with the same API.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
directory=$1
mkdir -p "$directory"
rm -f "$directory"/missing.txt

# peer, its package by Debian's name and by pkg-config's, what it links
peers=(
  "memory_pass:::"
  "hyperscan:libhyperscan-dev:libhs:-lhs"
  "re2_set:libre2-dev:re2:-lre2"
  "pcre2:libpcre2-dev:libpcre2-8:-lpcre2-8"
  "modsecurity:libmodsecurity-dev:modsecurity:-lmodsecurity"
  "simdjson_parse:libsimdjson-dev:simdjson:-lsimdjson"
)
missing=()
command -v "${CXX:-g++}" >/dev/null 2>&1 || missing+=(g++)
command -v zstd >/dev/null 2>&1 || missing+=(zstd)
for peer in "${peers[@]}"; do
  IFS=: read -r _ package name _ <<<"$peer"
  [ -z "$name" ] || pkg-config --exists "$name" && continue
  if [ "$package" = libhyperscan-dev ] && [ "$(uname -m)" != x86_64 ]; then
    package=libvectorscan-dev
  fi
  missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "The benchmark compares with these (by their Debian names): ${missing[*]}" >&2
  elif [ "$(id -u)" -ne 0 ]; then
    echo "To compare with all peers, run this once:" >&2
    install="apt-get install -y --no-install-recommends ${missing[*]}"
    echo "  sudo sh -c 'apt-get update && $install'" >&2
  else
    echo "Installing: ${missing[*]}" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # One by one: a release may lack one of them.
    for package in "${missing[@]}"; do
      apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$package" >&2 ||
        echo "$package can't be installed; its peer is left out" >&2
    done
  fi
fi

for peer in "${peers[@]}"; do
  IFS=: read -r driver package name libraries <<<"$peer"
  if ! command -v "${CXX:-g++}" >/dev/null 2>&1; then
    printf '%s\tno C++ compiler here\n' "$driver" >>"$directory/missing.txt"
  elif [ -n "$name" ] && ! pkg-config --exists "$name"; then
    printf '%s\t%s is not here\n' "$driver" "$package" >>"$directory/missing.txt"
    rm -f "$directory/$driver"
  elif [ -n "$(find "$here/peers" -newer "$directory/$driver" 2>/dev/null || echo new)" ]; then
    # shellcheck disable=SC2086 # no library, or one
    "${CXX:-g++}" -O2 -std=c++17 -march=native -Wall -Wextra -o "$directory/$driver" \
      "$here/peers/$driver.cpp" $libraries ||
      printf '%s\tits driver does not build here\n' "$driver" >>"$directory/missing.txt"
  fi
done
