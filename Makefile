# Everything one does with this project.  Each target works alone on a fresh checkout.
#   make run          the app, on the sample district      (DATA=folder: on your own reports; PORT=8501)
#   make test         all tests, a real browser and a real office included
#   make check        style, types, and who may import whom
#   make bench        how long one report takes, beside what people would use to read it
#   make bench-ingest how fast a folder becomes a store  (SIZE=10000 files; 100000 takes an hour)
#   make bench-pages  how fast the app is over many reports  (SIZES="10000 100000 1000000")
#   make precision    how often each check is right on reports of which people know the answer
#   make impact       what a change of the checks changes on the samples  (BEFORE=main AFTER=branch; else HEAD, working tree)
#   make soak-store   a store through every crash and 200 kills     (KILLS=200)
#   make screenshots  the pictures of the README, taken anew
#   make soak         every reader tried with damaged files  (SOAK=200000 inputs, READERS="pdf html", SERIES=1, ADD=1)
#   make clean        everything that the other targets made

SHELL  := bash
PYTHON ?= python3
PORT   ?= 8501
DATA   ?=
# Two test processes suit two cores; a file stays in one process, so that its server is started once.
JOBS   ?= 2
TESTS  ?=
KILLS  ?= 200
BEFORE ?= HEAD
AFTER  ?=
SIZE   ?= 10000
SIZES  ?= 10000 100000 1000000
WORK   ?= build/scale
SOAK    ?= 200000
SERIES  ?= 1
READERS ?=
ADD     ?=

VENV := .venv
BIN  := $(VENV)/bin

$(VENV)/.s3server: tests/corpus/install-s3server tests/corpus/requirements-s3server.txt
	@bash tests/corpus/install-s3server $(VENV) && touch $@

.PHONY: run test check check-style check-types check-imports bench bench-ingest bench-pages precision impact soak soak-store screenshots clean
.DEFAULT_GOAL := run

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV) || { echo "no virtual environment could be made; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: requirements.txt | $(VENV)/.created
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements-remote.txt requirements-cluster.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@

$(VENV)/.installed-bench: requirements-bench.txt $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet -r requirements-bench.txt
	@touch $@

$(VENV)/.installed-soak: requirements-soak.txt $(VENV)/.installed-dev
	$(BIN)/python -m pip install --quiet -r requirements-soak.txt
	@touch $@

$(VENV)/.browser: tests/browser/install-chromium
	@bash tests/browser/install-chromium && touch $@

$(VENV)/.office: tests/install-office
	@bash tests/install-office && touch $@

run: $(VENV)/.installed
	$(if $(DATA),DISCLOSURE_DATA="$(DATA)") $(BIN)/python -m streamlit run app.py \
	  --server.port $(PORT) --server.showEmailPrompt false --browser.gatherUsageStats false

# Without a browser, an office or an S3 server the tests that need one are skipped and say why.  The hash seed is fixed
# because both processes must name the cases of a set alike; that no answer depends on it is a test of its own.
test: $(VENV)/.installed-dev
	@$(MAKE) --no-print-directory $(VENV)/.browser || echo "no browser: see the reason above; its tests will be skipped"
	@$(MAKE) --no-print-directory $(VENV)/.office || echo "no office: see the reason above; its tests will be skipped"
	@$(MAKE) --no-print-directory $(VENV)/.s3server || echo "no S3 server: see the reason above; its tests will be skipped"
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(TESTS)

check: check-style check-types check-imports

check-style: $(VENV)/.installed-dev
	$(BIN)/ruff check --output-format concise .

check-types: $(VENV)/.installed-dev
	$(BIN)/python -m mypy

check-imports: $(VENV)/.installed-dev
	$(BIN)/lint-imports

bench: $(VENV)/.installed-bench $(VENV)/.office
	$(BIN)/python -m tests.benchmarks

# Files and stores are kept in WORK for the next run; `docs/scale.md` has the figures.
bench-ingest: $(VENV)/.installed-dev
	SIZE="$(SIZE)" WORK="$(WORK)" $(BIN)/python -m tests.benchmarks.ingest

bench-pages: $(VENV)/.installed-dev
	SIZES="$(SIZES)" WORK="$(WORK)" $(BIN)/python -m tests.benchmarks.pages

precision: $(VENV)/.installed-dev
	$(BIN)/python -m tests.precision

impact: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.impact --before "$(BEFORE)" --after "$(AFTER)"

soak-store: $(VENV)/.installed-dev
	$(BIN)/python -m tests.corpus_store --kills $(KILLS)

screenshots: $(VENV)/.installed-dev $(VENV)/.browser
	$(BIN)/python -m tests.browser.screenshots docs/screenshots

# Hours, one process at a time; what failed lies in build/fuzzing, the table is docs/hardening.md.
soak: $(VENV)/.installed-soak
	$(BIN)/python -m tests.fuzzing --inputs $(SOAK) --series $(SERIES) $(if $(ADD),--add) $(READERS)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
