// Runs every benchmark on one thread.
#include <benchmark/benchmark.h>

#include "wideband/linalg/product.hpp"

int main(int argc, char** argv) {
  wideband::set_blas_threads(1);
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::AddCustomContext("blas", wideband::blas_description());
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
