"""Validates reports against the schemas of their formats.

Usage: python check-reports.py SCHEMAS REPORT…

SCHEMAS is the folder that scripts/report-schemas.sh prints, with the interpreter to run this by. A
report that ends in .sarif is SARIF 2.1.0, one that ends in .xml JUnit XML, one that ends in .json our
own JSON report. Exit code 1 where one is not valid, with what is wrong; 2 where a name ends in
nothing of that.
"""

import json
import sys
from pathlib import Path

import jsonschema
from lxml import etree


OWN_SCHEMA = Path(__file__).parent.parent / "docs" / "schemas" / "gate-report.schema.json"


def json_problems(path, schema_path):
    """What a JSON file has that its schema does not allow."""
    schema = json.loads(schema_path.read_text(encoding="utf-8"))
    report = json.loads(path.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    for error in validator.iter_errors(report):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def junit_problems(path, schemas):
    """What a JUnit file has that its schema does not allow."""
    schema = etree.XMLSchema(etree.parse(str(schemas / "junit.xsd")))
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    document = etree.parse(str(path), parser)
    if not schema.validate(document):
        for error in schema.error_log:
            yield f"line {error.line}: {error.message[:200]}"


def main():
    schemas = Path(sys.argv[1])
    failed = False
    for name in sys.argv[2:]:
        path = Path(name)
        if path.suffix == ".sarif":
            problems = json_problems(path, schemas / "sarif.json")
        elif path.suffix == ".json":
            problems = json_problems(path, OWN_SCHEMA)
        elif path.suffix == ".xml":
            problems = junit_problems(path, schemas)
        else:
            print(f"{path.name}: no .sarif, .xml or .json", file=sys.stderr)
            return 2
        for problem in problems:
            print(f"{path.name}: {problem}")
            failed = True
    return 1 if failed else 0


sys.exit(main())
