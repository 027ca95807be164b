#!/usr/bin/env python3
"""Writes N generated requests; the same N and SEED give the same bytes on every machine.

Without a file named, AWS WAF log records go to standard output. Standard library only.
"""

import argparse
import sys

import forms
from traffic import Traffic


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", metavar="N", nargs="?", type=int, default=1_000_000)
    parser.add_argument("seed", metavar="SEED", nargs="?", type=int, default=1)
    parser.add_argument("--waf-log", metavar="FILE", help="AWS WAF log records")
    parser.add_argument("--native", metavar="FILE", help="native records, with bodies")
    parser.add_argument("--neutral", metavar="FILE", help="the form that the peers read")
    parser.add_argument("--body-bytes", metavar="BYTES", type=int, default=0,
                        help="give each request a body of this size")
    parser.add_argument("--sizes", action="store_true", help="print sizes to standard error")
    options = parser.parse_args()
    named = [(options.waf_log, forms.waf_log), (options.native, forms.native),
             (options.neutral, forms.neutral)]
    outputs = [(open(path, "wb"), form) for path, form in named if path]
    outputs = outputs or [(sys.stdout.buffer, forms.waf_log)]
    if options.neutral:
        outputs[-1][0].write(forms.MAGIC)
    sizes, bodies, attacks = [], 0, 0
    for request, _ in zip(Traffic(options.seed, options.body_bytes), range(options.count)):
        for output, form in outputs:
            output.write(form(request))
        if options.sizes:
            sizes.append(request.size)
            bodies += bool(request.body)
            attacks += request.is_attack
    for output, _ in outputs:
        output.flush()
    if sizes:
        sizes.sort()
        count = len(sizes)
        print(f"median {sizes[count // 2]} bytes, p99 {sizes[count * 99 // 100]}, mean "
              f"{sum(sizes) // count}; bodies {bodies / count:.1%}, attacks {attacks / count:.1%}",
              file=sys.stderr)


main()
