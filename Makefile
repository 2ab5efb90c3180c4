# wenyin: the whole build. `make help` lists the targets.
# B chooses the build: release (default), asan (address and undefined-behaviour sanitizers), fuzz (clang, libFuzzer).

B      ?= release
# make's own default is cc, and `?=` does not count that as unset.
ifneq ($(filter default undefined,$(origin CC)),)
CC := gcc
endif
PREFIX ?= /usr/local
# Debian's own python3: python3-fonttools belongs to it, whatever else stands first in PATH.
PYTHON := /usr/bin/python3

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
# V=1 shows whole commands.
Q := $(if $(V),,@)

OUT     := build/$(B)
RESULTS := $(OUT)/results
WENYIN  := $(if $(filter release,$(B)),build/wenyin,$(OUT)/wenyin)

# ---------------------------------------------------------------- flags
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
SAN_asan := -fsanitize=address,undefined -fno-sanitize-recover=undefined
SAN_fuzz := -fsanitize=fuzzer-no-link,address
OPT_release := -O2 -g
OPT_asan := -O1 -g -fno-omit-frame-pointer
OPT_fuzz := -O1 -g
ifeq ($(origin OPT_$(B)),undefined)
$(error B=$(B) is not a build: use release, asan or fuzz)
endif
ifeq ($(B),fuzz)
CC := clang
else
WARN += -Werror
endif
CFLAGS_ALL = -std=c11 -D_GNU_SOURCE -Isrc $(WARN) $(OPT_$(B)) $(SAN_$(B)) $(PKG_CFLAGS) $(CFLAGS)
LIBS_ALL   = $(PKG_LIBS) -lcsv -lm

# pkg-config can only be asked once the packages are there: make builds this file first, then starts over with it.
PKGS := libxml-2.0 sqlite3 pangoft2 harfbuzz harfbuzz-subset fontconfig \
        cairo cairo-ft cairo-pdf cairo-svg libpng libturbojpeg libqpdf lcms2 zlib nettle
ifneq ($(filter-out clean distclean help check-layers,$(or $(MAKECMDGOALS),all)),)
include build/deps.mk
endif
# Library headers are none of our warnings' business: -isystem.
build/deps.mk: Makefile tools/setup.sh tools/packages.txt
	@mkdir -p build
	@sh tools/setup.sh build
	@cflags=$$(pkg-config --cflags $(PKGS)) && libs=$$(pkg-config --libs $(PKGS)) && \
	{ echo "PKG_CFLAGS := $$cflags" | sed 's/ -I/ -isystem /g'; echo "PKG_LIBS := $$libs"; } >$@

# ---------------------------------------------------------------- program
SOURCES := $(wildcard src/*.c src/*/*.c src/*/*/*.c)
OBJECTS := $(SOURCES:%.c=$(OUT)/%.o)
MAIN    := $(OUT)/src/main.o
LIB     := $(OUT)/libwenyin.a

.PHONY: all
all: $(WENYIN)

$(OUT)/%.o: %.c Makefile build/deps.mk
	@mkdir -p $(@D)
	@echo '  CC   $<'
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

# Made anew each time, so that the object of a deleted source does not linger.
$(LIB): $(filter-out $(MAIN),$(OBJECTS))
	@rm -f $@
	@echo '  AR   $@'
	$(Q)$(AR) rcs $@ $^

$(WENYIN): $(MAIN) $(LIB)
	@echo '  LINK $@'
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS) $^ -o $@ $(LIBS_ALL)

# ---------------------------------------------------------------- fonts, samples, demo
.PHONY: setup setup-test fonts samples demo gallery gnuplot
setup:
	@sh tools/setup.sh build
setup-test:
	@sh tools/setup.sh build test

# Both scripts do nothing when their files are there.
fonts: build/deps.mk
	@sh fonts/fetch.sh
	@$(PYTHON) fonts/complement.py

# The stamp says "newer than the generator"; data deleted by hand voids it.
samples: build/samples.stamp
ifeq ($(wildcard samples/*.csv samples/*/*.csv samples/*/*/*.csv),)
.PHONY: build/samples.stamp
endif
build/samples.stamp: samples/generate.py samples/pictures.py samples/dirt.py | build/deps.mk
	$(PYTHON) samples/generate.py
	@touch $@

demo: all fonts samples
	@sh tools/demo.sh $(WENYIN) build/demo

# The pictures of docs/图例.md.
gallery: all fonts samples
	@sh tools/gallery.sh $(WENYIN) build/gallery

# The pictures of docs/统计图与gnuplot.md. gnuplot is not installed for it.
gnuplot: all fonts samples
	@sh tools/gnuplot.sh $(WENYIN) build/gnuplot

# ---------------------------------------------------------------- tests
# run-X runs one group, writes `ok NAME` and `FAIL NAME: why` lines into $(RESULTS)/X.log, and never fails by itself,
# so that one failure does not hide the rest; check-X and check count the lines and fail.
# A group whose folder does not exist yet is left out; any folder of tests/ joins by bringing a run.sh or check.py.
OWN    := $(if $(wildcard tests/unit),unit) $(if $(wildcard tests/fuzz/fuzz_*.c),fuzz) fonts
CHECKS := $(patsubst tests/%/check.py,%,$(wildcard tests/*/check.py))
OTHERS := $(filter-out unit fuzz fonts $(CHECKS),$(sort $(notdir $(wildcard tests/golden tests/geometry)) \
          $(patsubst tests/%/run.sh,%,$(wildcard tests/*/run.sh))))
GROUPS := static $(OWN) $(CHECKS) $(OTHERS)
TEST_ENV := B=$(B) OUT=$(OUT) WENYIN=$(abspath $(WENYIN)) PYTHON=$(PYTHON)
RUN      := $(TEST_ENV) sh tools/run.sh $(RESULTS)

UNIT := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(wildcard tests/unit/test_*.c))
FUZZ := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

$(UNIT): $(OUT)/unit/%: $(OUT)/tests/unit/%.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK $@'
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS) $^ -o $@ $(LIBS_ALL) -lcmocka

# Reruns of the corpora need no clang: a driver of our own feeds the files. Only B=fuzz has libFuzzer's main.
ifeq ($(B),fuzz)
$(FUZZ): FUZZ_MAIN := -fsanitize=fuzzer
else
$(FUZZ): $(OUT)/tests/fuzz/driver.o
endif
$(FUZZ): $(OUT)/fuzz/%: $(OUT)/tests/fuzz/%.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK $@'
	$(Q)$(CC) $(CFLAGS_ALL) $(FUZZ_MAIN) $(LDFLAGS) $^ -o $@ $(LIBS_ALL)

# A pattern rule without a recipe would only cancel: the objects are named one by one.
$(patsubst %.c,$(OUT)/%.o,$(wildcard tests/unit/*.c tests/fuzz/*.c)): | setup-test

# The program with units that do harm (tests/batch/hooks.c): nothing of that is in wenyin itself.
HOOKED := $(OUT)/hooked
HOOKS := --wrap=unit_render,--wrap=clock_gettime,--wrap=fork,--wrap=store_share,--wrap=store_attach
$(HOOKED): $(MAIN) $(OUT)/tests/batch/hooks.o $(LIB)
	@echo '  LINK $@'
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS) -Wl,$(HOOKS) $^ -o $@ $(LIBS_ALL)
run-batch: $(HOOKED)

.PHONY: check fuzz bench bench-charts bench-load bench-units bench-bundle update-golden $(GROUPS:%=run-%) $(GROUPS:%=check-%)
check: $(GROUPS:%=run-%)
	@sh tools/tally.sh $(GROUPS:%=$(RESULTS)/%.log)
$(GROUPS:%=check-%): check-%: run-%
	@sh tools/tally.sh $(RESULTS)/$*.log

run-static: build/deps.mk
	@$(RUN) static sh tools/static.sh $(CC) $(CFLAGS_ALL)
run-unit: $(UNIT) fonts samples
	@$(RUN) unit sh tools/unit.sh $(UNIT)
run-fuzz: $(FUZZ) fonts
	@$(RUN) fuzz sh tools/fuzz.sh $(FUZZ)
run-fonts: fonts
	@$(RUN) fonts $(PYTHON) tests/fonts/coverage.py
$(CHECKS:%=run-%): run-%: setup-test all fonts samples
	@$(RUN) $* $(PYTHON) tests/$*/check.py
$(OTHERS:%=run-%): run-%: setup-test all fonts samples
	@$(RUN) $* sh tests/$*/run.sh

update-golden: all fonts samples
	@$(TEST_ENV) UPDATE=1 sh tests/golden/run.sh

# Searches for new inputs: every target for FUZZ_SECONDS. Finds go to build/fuzz/found and build/fuzz/crashes.
FUZZ_SECONDS ?= 60
ifeq ($(B),fuzz)
fuzz: $(FUZZ) fonts
	@sh tools/fuzz.sh --search $(FUZZ_SECONDS) $(FUZZ)
else
fuzz:
	@$(MAKE) --no-print-directory B=fuzz fuzz
endif

# The least that Cairo and qpdf take for the same papers, and what records these for it; not part of `all`.
FLOOR := $(OUT)/floor $(OUT)/record
$(OUT)/floor: $(OUT)/bench/floor.o
$(OUT)/record: $(OUT)/bench/record.o $(LIB)
$(OUT)/record: LDFLAGS += -Wl,--wrap=paint_pdf
$(FLOOR):
	@echo '  LINK $@'
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS) -Wl,--as-needed $^ -o $@ $(LIBS_ALL)

bench: all fonts samples $(FLOOR)
	@$(TEST_ENV) sh bench/run.sh
	@$(BENCH_CHARTS)
# What a chart of each kind adds to a report.
BENCH_CHARTS = $(PYTHON) bench/charts.py $(WENYIN) samples build/bench/charts
bench-charts: all fonts samples
	@$(BENCH_CHARTS)
# A million rows, beside `sqlite3 .import`.
bench-load: all
	@$(PYTHON) bench/load.py build/bench/load $(WENYIN)
# Ten thousand letters from one run: time, memory and bytes. UNITS=1000 for a look.
bench-units: all fonts
	@$(PYTHON) bench/units.py build/bench/units $(WENYIN) templates/整改函.xml $(UNITS)
# Three months in one volume, beside its papers one by one.
bench-bundle: all fonts samples
	@$(PYTHON) bench/bundle.py build/bench/bundle $(WENYIN) templates samples

# ---------------------------------------------------------------- install, clean, help
.PHONY: install clean distclean help
SHARE := $(DESTDIR)$(PREFIX)/share/wenyin
install: all fonts
	install -D -m 755 $(WENYIN) $(DESTDIR)$(PREFIX)/bin/wenyin
	mkdir -p $(SHARE)/fonts $(SHARE)/templates
	cp -R fonts/files fonts/fonts.md $(SHARE)/fonts/
	if [ -d templates ]; then cp -R templates/. $(SHARE)/templates/; fi
	for page in man/*.[1-9] docs/man/*.[1-9]; do \
	    [ ! -f "$$page" ] || install -D -m 644 "$$page" $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}; \
	done

# clean keeps the fetched fonts: they are not built here, and fetching needs the network.
clean:
	rm -rf build
distclean: clean
	rm -rf fonts/files

help:
	@echo 'make            build/wenyin            make B=asan …  the same under sanitizers'
	@echo 'make demo       the finished papers in build/demo, from a fresh clone on; make gallery: their pages as pictures; make gnuplot'
	@echo 'make check      every test; or check-static, check-unit, check-golden, check-geometry, check-fuzz, …'
	@echo 'make fuzz       search for new inputs (FUZZ_SECONDS=60 each)'
	@echo 'make bench, bench-charts, bench-load, bench-units, bench-bundle, install (DESTDIR, PREFIX), update-golden, setup, fonts, samples, clean, distclean'

-include $(OBJECTS:.o=.d) $(wildcard $(OUT)/tests/*/*.d)
