# wafcast: the commands of this project.
#
#   make             lint, build with warnings as errors, test
#   make demo        the founding story on the recorded requests in corpora/demo (release build)
#   make test        build everything in debug and run all tests
#   make lint        format check, imports against Package.swift, size ceilings
#   make format      rewrite the Swift sources in the project's format
#   make install     install wafcast into $(PREFIX)/bin (PREFIX=/usr/local)
#   make api-drift   hold our wafv2 model against the newest public API model
#   make oracle      compare program and oracle on N random pairs: make oracle N=200000
#   make regex-oracle  where patterns that wafcast accepts differ from Hyperscan's (N, SEED)
#   make fuzz        every fuzz target under libFuzzer and the address sanitizer: make fuzz SECONDS=600
#   make snapshots   rewrite the snapshots beside the tests (the run still fails, by intent)
#   make corpora     write corpora/demo/requests.ndjson again; fails where the bytes differ
#   make bench       wafcast beside its peers on N generated requests: make bench N=1000000
#   make bench-diff  the same for diff, against the replays of both sides: make bench-diff N=100000
#   make rulesets    write the pages of the managed rule groups again, rulesets/*.md
#   make evaluate    recall and false positives on labelled requests: make evaluate CORPORA=DIR
#   make injection-oracle  where our detectors and libinjection differ: CORPORA=DIR
#   make bench-detectors   our detectors and libinjection on the same values in one run
#   make docs        the library's documentation, in build/docs
#   make example     build and run integrations/blue-green against the library
#   make clean       remove everything that was built
#
# demo and test work on a fresh Debian 12 with the Swift toolchain, git and make: what is missing
# is installed (as root) or named in one command to run (as anybody else).

PREFIX ?= /usr/local
SWIFT ?= swift
export SWIFT
FORMATTED = $(wildcard Sources Tests Fuzz Package.swift integrations Benchmarks scripts)

.PHONY: rulesets evaluate injection-oracle bench-detectors \
	all build test lint format demo install oracle snapshots corpora bench bench-diff docs example clean \
	prerequisites prerequisites-python prerequisites-api api-drift regex-oracle fuzz

all: lint build test

prerequisites:
	@scripts/prerequisites.sh

prerequisites-python:
	@scripts/prerequisites.sh python3

prerequisites-api:
	@scripts/prerequisites.sh python3 python3-venv

build: prerequisites
	$(SWIFT) build

test: prerequisites-api
	$(SWIFT) build --build-tests
	reports=$$(scripts/report-schemas.sh) && WAFV2_API_MODEL="$$(scripts/api-model.sh)" \
		REPORT_PYTHON="$$(echo "$$reports" | head -n 1)" REPORT_SCHEMAS="$$(echo "$$reports" | tail -n 1)" \
		$(SWIFT) test --disable-xctest --skip-build

# The wafv2 model against the newest API model there is, not the pinned one.
api-drift: prerequisites-api
	$(SWIFT) build --build-tests
	model=$$(scripts/api-model.sh --newest) && WAFV2_API_MODEL="$$model" \
		$(SWIFT) test --disable-xctest --skip-build --filter APIDrift

lint: prerequisites-python
	$(SWIFT) format lint --strict --recursive --parallel $(FORMATTED)
	python3 scripts/check-imports.py
	python3 scripts/check-corpora.py

format:
	$(SWIFT) format --in-place --recursive --parallel $(FORMATTED)

demo: prerequisites
	$(SWIFT) build -c release --product wafcast
	@scripts/demo.sh "$$($(SWIFT) build -c release --show-bin-path)/wafcast"

# Built statically against the Swift runtime, so that the installed file needs no toolchain.
install: prerequisites
	$(SWIFT) build -c release --static-swift-stdlib --product wafcast
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$($(SWIFT) build -c release --show-bin-path)/wafcast" \
		"$(DESTDIR)$(PREFIX)/bin/wafcast"
	-strip "$(DESTDIR)$(PREFIX)/bin/wafcast"

oracle: N ?= 200000
oracle: prerequisites
	$(SWIFT) build --build-tests
	ORACLE_PAIRS=$(N) $(SWIFT) test --disable-xctest --skip-build --filter Oracle

regex-oracle: N ?= 5900
regex-oracle: SEED ?= 1
regex-oracle: prerequisites
	@pkg-config --exists libhs || { echo "libhyperscan-dev is needed: apt-get install libhyperscan-dev"; exit 1; }
	$(SWIFT) run --package-path scripts/regex-oracle --scratch-path .build-regex RegexOracle $(N) $(SEED)

fuzz: SECONDS ?= 600
fuzz: prerequisites
	scripts/fuzz.sh "$(SECONDS)"

snapshots: prerequisites
	$(SWIFT) build --build-tests
	RECORD_SNAPSHOTS=1 $(SWIFT) test --disable-xctest --skip-build --filter Snapshot

corpora: prerequisites-python
	python3 corpora/demo/generate.py
	git diff --exit-code -- corpora/demo/requests.ndjson

rulesets: prerequisites
	$(SWIFT) build --product wafcast
	@scripts/rulesets.sh "$$($(SWIFT) build --show-bin-path)/wafcast"

CORPORA ?= corpora/labelled
EVALUATE ?=

evaluate: prerequisites
	$(SWIFT) build -c release --product wafcast-evaluate
	@"$$($(SWIFT) build -c release --show-bin-path)/wafcast-evaluate" $(EVALUATE) $(CORPORA)

injection-oracle: prerequisites-python
	$(SWIFT) build -c release --product wafcast-evaluate
	@scripts/injection-oracle.sh "$$($(SWIFT) build -c release --show-bin-path)/wafcast-evaluate" $(CORPORA)

bench-detectors: prerequisites-python
	$(SWIFT) build -c release --product wafcast-evaluate
	@Benchmarks/detectors.sh "$$($(SWIFT) build -c release --show-bin-path)/wafcast-evaluate" $(CORPORA)

bench-diff: N ?= 100000
bench-diff: prerequisites-python
	$(SWIFT) build -c release --product wafcast
	@Benchmarks/diff.sh "$$($(SWIFT) build -c release --show-bin-path)/wafcast" $(N)

# BENCH takes options of Benchmarks/bench.py: BENCH="--long-records 5000000 --acl FILE".
bench: N ?= 100000
bench: BENCH ?=
bench: prerequisites-python
	$(SWIFT) build -c release --product wafcast
	$(SWIFT) build -c release --product wafcast-bench
	@Benchmarks/bench.sh "$$($(SWIFT) build -c release --show-bin-path)/wafcast" \
		"$$($(SWIFT) build -c release --show-bin-path)/wafcast-bench" --records $(N) $(BENCH)

docs: prerequisites
	@scripts/docs.sh

example: prerequisites
	scripts/example.sh

clean:
	rm -rf .build .build-* build integrations/*/.build integrations/*/.build-*
