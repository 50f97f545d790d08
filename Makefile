# Needs Python 3.11 or newer, make and git. Every target sets up what it needs, in .venv only,
# again only when requirements/dev.txt has changed, and can be called from any folder.

ROOT := $(shell cd "$$(dirname "$(strip $(MAKEFILE_LIST))")" && pwd)
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)
PYTESTFLAGS ?=
HERE = cd "$(ROOT)" && PATH="$(ROOT)/.venv/bin:$$PATH"
DEMO = out/demo.db
CODE = src tests benchmarks tools training
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --no-build \
  --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help setup demo pictures test check lint format bench wheel-test package audit validators lock clean

help: ## this list
	@cd "$(ROOT)" && grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: ## make .venv from the lock (done by every other target)
	@test -n "$(PYTHON)" || { echo "dateline needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" "$(ROOT)/tools/bootstrap.py"

demo: setup ## read the example reports; print their claims, the forces present, copies and disputes
	@cd "$(ROOT)" && mkdir -p out && rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	@$(HERE) dateline add examples/sahel --ledger $(DEMO)
	@echo; echo "Who moved forces into Niger, and who says so: dateline claims --kind deployment --host NER"; echo
	@$(HERE) dateline claims --kind deployment --host NER --ledger $(DEMO)
	@echo; echo "Who has forces in Niger: dateline presence --host NER"; echo
	@$(HERE) dateline presence --host NER --ledger $(DEMO)
	@$(HERE) dateline presence --host NER --plot out/niger.svg --ledger $(DEMO)
	@echo; echo "Which reports are one origin: dateline origins --min-reports 2"; echo
	@$(HERE) dateline origins --min-reports 2 --ledger $(DEMO)
	@echo; echo "Where sources disagree: dateline disputes --explain"; echo
	@$(HERE) dateline disputes --explain --ledger $(DEMO)
	@echo; echo "Next, from $(ROOT):"
	@echo "  .venv/bin/dateline claims --ledger $(DEMO) --stance denied       what is denied, and by whom"
	@echo "  .venv/bin/dateline show ID --ledger $(DEMO)                      a claim in its sentence, with its chain"
	@echo "  .venv/bin/dateline presence --host NER --actor Russia --explain --ledger $(DEMO)   step by step, and why"
	@echo "  .venv/bin/dateline serve --ledger $(DEMO)                        the desk: all of it in a browser"
	@echo "  .venv/bin/dateline brief --host NER --out niger.html --ledger $(DEMO)   what is known and disputed, with references"
	@echo "  docs/tutorial.md                                                 from a question to an answer that can be checked"
	@echo "  .venv/bin/dateline add YOUR_REPORTS/                             your own reports, into dateline.db here"
	@echo "  .venv/bin/dateline --help                                        everything else"

test: setup ## run the tests
	@$(HERE) python -m pytest --numprocesses auto --dist loadfile $(PYTESTFLAGS)

check: lint test ## format, lint, types, import contracts, tests

lint: setup ## format, lint, types, import contracts
	@$(HERE) ruff format --check $(CODE)
	@$(HERE) ruff check $(CODE)
	@$(HERE) mypy
	@$(HERE) lint-imports

format: setup ## put the code into the house format
	@$(HERE) ruff check --fix $(CODE)
	@$(HERE) ruff format $(CODE)

pictures: demo ## make the pictures of the desk in docs/ anew (needs Chromium)
	@$(HERE) python tools/screenshots.py

bench: setup ## cost of the whole path against the bare parser
	@$(HERE) python benchmarks/throughput.py

wheel-test: setup ## build the wheel and run it alone in an empty environment
	@$(HERE) python tools/wheel_test.py

package: setup ## the files of a release in dist/: wheel, bill of materials, licences, audit
	@$(HERE) python tools/release_files.py

audit: setup ## known weaknesses of the locked packages, where the data can be had
	@$(HERE) python tools/audit.py

validators: setup ## validators of exports that must be built (needs a C++ compiler and ICU); their tests skip without
	@$(HERE) python -m pip install -qq --no-input --require-hashes --requirement requirements/validators.txt

lock: ## resolve requirements/*.txt anew (needs uv)
	@cd "$(ROOT)" && $(COMPILE) --group dev --extra mcp --output-file requirements/dev.txt
	@cd "$(ROOT)" && $(filter-out --no-build,$(COMPILE)) --group validators --extra mcp --constraint requirements/dev.txt --output-file requirements/validators.txt
	@cd "$(ROOT)" && $(COMPILE) --constraint requirements/dev.txt --output-file requirements/run.txt
	@cd "$(ROOT)" && $(COMPILE) --constraint requirements/dev.txt --extra train --output-file requirements/train.txt

clean: ## remove everything that was built
	@cd "$(ROOT)" && rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
