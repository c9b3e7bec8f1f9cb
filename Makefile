# All tasks of a checkout. Needs make and Python 3.11 or newer; everything else is installed into $(VENV).

# python3 where it is new enough, else the newest python3.N that is.
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))) python3)
VENV ?= .venv
ARGS ?=
# One worker more than processors: some tests wait for a terminal or another program.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) + 1)
CATALOGUE := ahtc_tui/locale/cy/LC_MESSAGES/ahtc
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A fixed width: tests of what commands print see the same lines on every terminal.
PYTEST := COLUMNS=120 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --hypothesis-profile

# With it, each of the many processes that the tests start would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.PHONY: help run test test-all check lint mutants snap messages bench build windows-folder site lock clean

help:  ## what each target does
	@awk -F ':.*##' '/^[a-z-]+:.*##/ { printf "make %-15s%s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The own office of this checkout where there is one, else the sample in a folder of its own.
OFFICE = $(if $(wildcard data/ahtc.db),.,sample)

run: $(VENV)/.run $(CATALOGUE).mo  ## open the screen on your office in this checkout, or on the sample
	@if [ "$(OFFICE)" = . ]; then echo "run: opening your office in data/ahtc.db"; \
	elif [ -z "$(ARGS)" ]; then echo "run: opening the sample in sample; press 9 to start your own office"; \
	elif [ ! -e sample/data/ahtc.db ]; then $(BIN)/ahtc --quiet demo --into sample --no-screen; fi
	@$(BIN)/ahtc --workspace $(if $(ARGS),$(OFFICE),.) $(or $(ARGS),$(if $(filter sample,$(OFFICE)),demo --into sample))

test: $(VENV)/.dev  ## run the ordinary tests: a part of each kind, without the long rounds
	@echo "test: running the ordinary tests"
	@$(PYTEST)=brief $(ARGS)

test-all: $(VENV)/.dev $(VENV)/.uv  ## run all tests: every case, size and language, the long rounds and the installs
	@echo "test-all: running all tests"
	@$(PYTEST)=ci -m "long or not long" $(ARGS)

check: lint test  ## run everything that must be green before a commit

lint: $(VENV)/.dev  ## check format, style, types and import contracts
	@echo "lint: format, style, types and import contracts"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@for system in win32 darwin; do $(BIN)/mypy --platform $$system --cache-dir .mypy_cache/$$system ahtc_tui || exit 1; done
	@$(BIN)/lint-imports

mutants: $(VENV)/.dev  ## make 200 small faults and list those that the tests of their package do not notice
	@echo "mutants: running the tests beside each changed module; this takes half an hour"
	@$(BIN)/python -m tests.mutants $(ARGS)

snap: $(VENV)/.dev  ## draw the pictures and generated pages of docs again
	@echo "snap: drawing docs/images, recordings, keys, data model, licences and the bill of materials again"
	@$(BIN)/python -m tests.shape.architecture_picture docs/images/architecture.svg
	@$(BIN)/python -m tests.tui.pictures docs/images
	@$(BIN)/python -m tests.tui.recordings docs/recordings
	@$(BIN)/python -m tests.shape.keys_page docs/keys.md
	@$(BIN)/python -m tests.shape.data_model_page docs/data-model.md
	@$(BIN)/python -m tests.shape.trace_page docs/what-runs.md
	@$(BIN)/python -m tests.shape.dependency_files docs/licences.md docs/sbom.cdx.json

messages: $(VENV)/.dev  ## collect the messages of the source into the Welsh catalogue, and compile it
	@echo "messages: updating and compiling $(CATALOGUE).po"
	@$(BIN)/python -m tests.shape.messages

$(CATALOGUE).mo: $(CATALOGUE).po | $(VENV)/.run
	@$(BIN)/pybabel -q compile -l cy -i $< -o $@

bench: $(VENV)/.dev  ## measure speed and memory against floors and peers
	@echo "bench: measuring; this takes 15 minutes, and 2 with QUICK=1"
	@$(BIN)/python -m benchmarks $(if $(QUICK),--quick,--page docs/benchmarks.md) $(ARGS)

# The same commit gives the same bytes: every file in both archives has the time of the commit.
EPOCH = $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),1580601600)

build: $(VENV)/.dev  ## build wheel and source archive in dist, the same bytes for the same commit
	@echo "build: building wheel and source archive in dist"
	@rm -rf dist
	@SOURCE_DATE_EPOCH=$(EPOCH) $(BIN)/python -m hatchling build --target sdist --target wheel --directory dist

windows-folder: build $(VENV)/.uv  ## make the folder for Windows in dist/windows, from the zip in AHTC_PYTHON_ZIP
	@$(BIN)/python windows_folder.py dist/ahtc-*.whl dist/windows

site: $(VENV)/.dev $(VENV)/site/.installed  ## build the site of the docs in site/, in both languages
	@echo "site: building site/; look at it with: $(BIN)/python -m http.server -d site"
	@rm -rf site
	@$(BIN)/python -m tests.shape.site_pages $(VENV)/pages
	@NO_MKDOCS_2_WARNING=1 AHTC_PAGES=$(abspath $(VENV))/pages/en $(VENV)/site/bin/mkdocs build --strict --quiet -f mkdocs.yml -d site
	@NO_MKDOCS_2_WARNING=1 AHTC_PAGES=$(abspath $(VENV))/pages/cy $(VENV)/site/bin/mkdocs build --strict --quiet -f mkdocs.cy.yml -d site/cy

# One resolution for Python 3.11 to 3.14 on every platform. The build backend is locked as well, so that the project itself
# installs without a network.
lock: $(VENV)/.uv  ## resolve the locks again; then run make snap
	@echo "lock: resolving requirements.lock and requirements-dev.lock"
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' > $(VENV)/build.in
	@$(call compile) --extra hub --extra slides --extra serve -o requirements.lock
	@$(call compile) --extra hub --extra slides --extra serve --extra dev -o requirements-dev.lock
	@echo mkdocs-material > $(VENV)/site.in
	@$(resolve) $(VENV)/site.in -o requirements-site.lock

compile = $(resolve) pyproject.toml $(VENV)/build.in
resolve = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --upgrade

clean:  ## remove what was made here, except the database and the exports
	@echo "clean: removing $(VENV), caches and build products"
	@rm -rf $(VENV) .tox build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The locks are complete, so pip resolves nothing: a resolver would refuse a lock that pins `coverage` where a package asks
# for `coverage[toml]` as soon as a newer release exists. `pip check` proves that the set is complete.
install = $(PIP) install --require-hashes --no-deps -r $(1) && \
	$(PIP) install --no-build-isolation --no-deps -e . && $(PIP) check

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ahtc needs Python 3.11 or newer: name one with `make PYTHON=/path/to/python3`.")'
	@echo "venv: making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { echo "venv: this Python cannot make one; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.uv: | $(VENV)/.venv
	@$(PIP) install uv
	@touch $@

# The generator of the site has an environment of its own: its libraries are none of the program.
$(VENV)/site/.installed: requirements-site.lock | $(VENV)/.venv
	@echo "install: installing the generator of the site from requirements-site.lock"
	@$(PYTHON) -m venv $(VENV)/site
	@$(VENV)/site/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r requirements-site.lock
	@touch $@

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/.venv
	@echo "install: installing ahtc from requirements.lock"
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.venv
	@echo "install: installing ahtc and its development tools from requirements-dev.lock"
	@$(call install,requirements-dev.lock)
	@touch $@
