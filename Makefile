# `make` lists the targets.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup ready demo test test-engine test-qgis test-window test-qt6 test-trixie screenshots lint format run engine bench campaign gallery i18n package check-package deploy clean

# The Python that imports qgis.core; on Debian that is the system's and no other.
PYTHON ?= /usr/bin/python3
PROFILE ?= default
export PYTHON
QGIS := tools/qgis_env.sh

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: ## Install what is needed, where it is not there yet; TORCH=... for another PyTorch
	@TORCH='$(TORCH)' tools/setup.sh

ready: # what a run needs, without the tools of developers
	@TORCH='$(TORCH)' tools/setup.sh --without-tools

demo: ready ## Map a scene without labels and draw it; INPUT=your.tif OUTPUT_DIR=folder
	@$(QGIS) $(PYTHON) tools/demo.py --input "$(INPUT)" --output-dir "$(OUTPUT_DIR)"

test: setup lint test-engine test-qt6 test-qgis test-window ## Everything that must pass before a commit

# NPY_PROMOTION_STATE: numpy 1.24 gives the types that numpy 2 gives, so that one computer tests both
test-engine: # the engine and the packaging: no QGIS; files of tests side by side, each process with one thread
	OMP_NUM_THREADS=1 NPY_PROMOTION_STATE=weak .venv/bin/python -m pytest -n auto --maxprocesses=4 --dist loadfile \
		--ignore=tests/qgis --ignore=tests/window --ignore=tests/qt6 $(ARGS)

test-qgis: # inside a QGIS of its own
	$(QGIS) .venv/bin/python -m pytest tests/qgis $(ARGS)

test-window: # in its window, without a display
	$(QGIS) .venv/bin/python -m pytest tests/window $(ARGS)

QT6 = PyQt6==6.11.0
test-qt6: # windows under Qt 6, in a Python of its own
	@[ -e build/qt6/bin/python ] || $(PYTHON) -m venv --system-site-packages build/qt6
	@build/qt6/bin/python -c 'import PyQt6.QtWidgets' 2>/dev/null || \
		build/qt6/bin/python -m pip install --quiet --disable-pip-version-check $(QT6)
	.venv/bin/python -m pytest tests/qt6 $(ARGS)

test-trixie: ## All tests in a Debian 13 of its own, with its QGIS, Python and numpy: as root, with debootstrap
	@tools/trixie.sh test

lint: ## Check style
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

format: ## Put the style right
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .

run: ready ## Run an algorithm: ALG=obic:unsupervisedsegmentation ARGS='--INPUT="my scene.tif" --OUTPUT=map.tif'
	@$(QGIS) sh -c 'exec "$$QGIS_PROCESS" "$$@"' qgis_process run $(ALG) $(ARGS)

engine: ready ## Run the engine without QGIS: ARGS='unsupervised scene.tif map.tif'; PROCESSES=2 share the tiles
	@$(PYTHON) -m obic_plugin.engine $(if $(PROCESSES),--processes=$(PROCESSES)) $(ARGS)

bench: setup ## Measure speed and memory against a named peer
	@$(QGIS) $(PYTHON) -m benchmarks $(ARGS)

campaign: setup ## Try over 1000 bad inputs, kills, full disks, cancels, pairs, laws; ARGS='--only inputs --seed 2'
	@$(QGIS) $(PYTHON) -m tools.campaign $(ARGS)

gallery: setup ## Run every algorithm on the sample scene, for README and help; on an idle computer
	@$(QGIS) $(PYTHON) tools/gallery.py $(ARGS)

screenshots: setup ## Every dialog and a whole run as pictures in build/screenshots; INPUT=your.tif ARGS="--locale zh-Hans", or --tutorial
	@tools/translate.sh --compile
	@$(QGIS) $(PYTHON) tools/screenshots.py $(INPUT) $(ARGS)

i18n: setup ## Update the translations from the source and compile them; LOCALE=xx adds one
	@tools/translate.sh $(LOCALE)

package: ## Write build/obic_plugin-VERSION.zip
	@tools/translate.sh --compile
	@$(PYTHON) tools/package.py zip

check-package: setup package ## Hold the ZIP against the plugin repository's rules, and run it from a new profile
	@$(QGIS) .venv/bin/python tools/checkpackage.py build/obic_plugin-$$(sed -n 's/^version=//p' metadata.txt).zip

deploy: ## Install the plugin into QGIS and enable it; PROFILE=default
	@tools/translate.sh --compile
	@$(PYTHON) tools/deploy.py --profile "$(PROFILE)"

clean: ## Remove what was built
	rm -rf build demo .venv .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
