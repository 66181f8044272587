# The newcomer's door: every target installs what is missing, then builds what it needs.
folder := build/release
jobs := $(shell nproc)
# The comparison of predicted with measured wall times wants a quiet machine: make test CTEST_OPTIONS='-L timing'
CTEST_OPTIONS ?= -LE timing
build := cmake --build $(folder) --parallel $(jobs)

.PHONY: run test build bench format uninstall dependencies

run: $(folder)/build.ninja
	@$(build) --target wideband
	@$(folder)/wideband run spectral-bias

test: $(folder)/build.ninja
	$(build)
	ctest --test-dir $(folder) --output-on-failure --parallel $(jobs) $(CTEST_OPTIONS)

build: $(folder)/build.ninja
	$(build) --target wideband bench_circle bench_kernel

bench: build
	$(folder)/bench_circle --benchmark_out=$(folder)/bench.part --benchmark_out_format=json
	mv $(folder)/bench.part $(folder)/bench.json
	$(folder)/bench_kernel --benchmark_out=$(folder)/bench.part --benchmark_out_format=json
	mv $(folder)/bench.part $(folder)/bench_kernel.json

format:
	@tools/install_dependencies format
	git ls-files '*.cpp' '*.hpp' | xargs clang-format -i

uninstall:
	cmake -D MANIFEST=$(folder)/install_manifest.txt -P cmake/uninstall.cmake

dependencies:
	@tools/install_dependencies

$(folder)/build.ninja: | dependencies
	cmake --preset release -D WIDEBAND_PRECOMPILE=ON
