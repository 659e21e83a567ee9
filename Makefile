# `make book` builds the sample book and `make test` tests the program; each first sets up all it needs, once.
# Python's packages go into .venv/, pinned by hash in locks/; those of the system come by .ci/system-packages.

PYTHON ?= python3

# A venv belongs to one Python and one folder, so its stamps are named by both: where either changes, it is made anew.
HERE := $(shell "$(PYTHON)" -ISc 'import os, sys, zlib; print("%d.%d-%08x" % \
	(sys.version_info[0], sys.version_info[1], zlib.crc32(os.fsencode(sys.base_prefix + os.getcwd()))))' 2>/dev/null)
VENV := .venv/made-$(HERE)
RUN  := .venv/ready-to-run-$(HERE)
TEST := .venv/ready-to-test-$(HERE)

PIP := .venv/bin/python -m pip --disable-pip-version-check --no-input
# Wheels alone, and hatchling from the lock: nothing is compiled, and nothing unpinned runs.
define install
	@$(PIP) install -qq --require-hashes --no-deps --only-binary :all: --requirement $(1)
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@$(PIP) check >.venv/check || { cat .venv/check; echo 'pyproject.toml has outgrown locks/: run make lock'; exit 1; } >&2
endef

.PHONY: book test check-all accuracy lint format docs docs-pictures setup lock clean help
.NOTPARALLEL: # two pips in one venv trip over each other

book: $(RUN) ## build the sample book, EPUB and PDF (the default)
	.venv/bin/bookbuild build

test: lint ## lint, check the types, and run the tests but the slow ones
	.venv/bin/pytest -n 2 -m "not slow"

check-all: test ## the slow tests as well, with outside checkers where they can be had
	if [ -f ../shared/tools/setup_checkers.sh ]; then bash ../shared/tools/setup_checkers.sh; fi
	.venv/bin/pytest -m slow

accuracy: $(RUN) ## measure how well manuscripts are understood, beside others (see benchmarks/README.md)
	.venv/bin/python benchmarks/accuracy.py

lint: $(TEST) ## formatting, lint, types, and which module may import which
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

format: $(TEST) ## put the code into the house's form
	.venv/bin/ruff format
	.venv/bin/ruff check --fix

docs: $(RUN) ## write docs/keys.md, rules.md, proof.md, stores.md and printers.md anew, from what they tell of
	.venv/bin/python -m docs.make

docs-pictures: $(RUN) # and docs/pictures/, from the sample book: needs pdftoppm, node and chromium
	.venv/bin/python -m docs.pictures

setup: $(TEST) ## only set up, for running and for testing

UPGRADE ?= --upgrade
LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' pyproject.toml --group build
lock: $(VENV) ## renew locks/ (make lock UPGRADE= takes in what pyproject.toml added and moves nothing else)
	$(PIP) install -qq uv==0.13.9
	$(LOCK) $(UPGRADE) --group test --output-file locks/test.txt
	cp locks/test.txt locks/run.txt # what stands there is kept, so both locks name the same versions
	$(LOCK) --output-file locks/run.txt

clean: ## remove everything that make can make again
	rm -rf .venv .make build dist .*_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

help: ## show this
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

$(VENV):
	@PYTHON="$(PYTHON)" sh .ci/system-packages
	@echo 'Setting up .venv, once: this takes a minute.'
	@"$(PYTHON)" -m venv --clear .venv
	@touch $@

$(RUN): $(VENV) locks/run.txt pyproject.toml
	$(call install,locks/run.txt)
	@touch $@

$(TEST): $(VENV) locks/test.txt pyproject.toml
	@PYTHON="$(PYTHON)" sh .ci/system-packages tests
	$(call install,locks/test.txt)
	@touch $@ $(RUN)
