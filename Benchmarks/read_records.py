#!/usr/bin/env python3
"""Parses each line of a file as JSON and counts the actions: the peer that only reads.

Usage: python3 read_records.py FILE
"""

import collections
import json
import sys

counts = collections.Counter()
with open(sys.argv[1], "rb") as lines:
    for line in lines:
        counts[json.loads(line)["action"]] += 1
print(dict(counts))
