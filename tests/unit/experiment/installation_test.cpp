#include "wideband/experiment/installation.hpp"

#include <cstdlib>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::installation_test {
namespace {

std::map<std::string, std::string> values() {
  const auto pairs = installation();
  return {pairs.begin(), pairs.end()};
}

TEST(Installation, NamesWhatItUses) {
  const auto found = values();
  for (const char* name : {"version", "commit", "compiler", "processor", "cores", "memory", "SIMD",
                           "BLAS", "HDF5", "gnuplot", "data sets"}) {
    ASSERT_TRUE(found.contains(name)) << name;
    EXPECT_FALSE(found.at(name).empty()) << name;
  }
  EXPECT_THAT(found.at("BLAS"), ::testing::HasSubstr("kernel"));
  EXPECT_THAT(found.at("memory"), ::testing::HasSubstr("GiB"));
}

TEST(Installation, SaysThatGnuplotIsMissing) {
  const std::string before = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const std::string gnuplot = values().at("gnuplot");
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_THAT(gnuplot, ::testing::HasSubstr("not found on PATH"));
}

}  // namespace
}  // namespace wideband::installation_test
