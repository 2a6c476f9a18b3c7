# Each target does all the set-up it needs (.ci/setup), once. PYTHON=python3.12 chooses another
# interpreter than the first that fits; BENCH=--help lists what make bench can be told.
.PHONY: run test check bench atlas pictures clean
BIN = .venv/bin

# Where there is no display, the tour stands in for the window: it leaves eight pictures in out/.
run:
	@.ci/setup test
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || [ "$$(uname)" = Darwin ]; then \
	  $(BIN)/galaxy-desktop; else $(BIN)/galaxy-desktop --tour out; fi

test: check
	@.ci/with-display .ci/tests

check:
	@.ci/setup test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench:
	@.ci/setup test,bench
	@.ci/with-display $(BIN)/python -m tests.benchmarks $(BENCH)

# From assets/atlas, the text, to the galaxy that ships. The day of the text stands in for the time,
# so that the same text gives the same file.
atlas:
	@.ci/setup test
	@$(BIN)/python -m embedding.readers.atlas assets/atlas
	@SOURCE_DATE_EPOCH=$$($(BIN)/python -m embedding.readers.atlas assets/atlas --epoch) \
	  $(BIN)/galaxy-embed build assets/atlas -o assets/atlas.galaxy --min-component 2 \
	  --p 1.6 --q 0.5 --walks 8 --length 40 --window 10 --negative 0 --lengths log --seed 8

# The README's, as they come with nobody's own settings.
pictures:
	@.ci/setup test
	@rm -rf out/tour && mkdir -p out/tour
	@env -u XDG_CONFIG_HOME HOME=$(CURDIR)/out/tour \
	  $(BIN)/galaxy-desktop --tour out/tour --size 1280x720
	@cp out/tour/*.png assets/

clean:
	find embedding galaxy_desktop tests -name __pycache__ -prune -exec rm -rf {} +
	rm -rf .venv build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
