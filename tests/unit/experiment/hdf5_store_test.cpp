#include "wideband/experiment/hdf5_store.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::hdf5_store_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const double numbers[] = {1, 2, 3, 4, 5, 6};
const float singles[] = {.5F, -1};

Hdf5Output example() {
  Hdf5Output output;
  output.arrays = {
      {"matrix", {{2, 3}, numbers}}, {"vector", {{2}, singles}}, {"cube", {{1, 2, 3}, numbers}}};
  output.texts = {{"status", {"ok", "diverged"}}};
  output.attributes = {{"architecture", std::string("ntk: dense")},
                       {"error_estimate", 1e-15},
                       {"pairs", std::int64_t{5000000000}}};
  return output;
}

TEST(Hdf5Store, RoundTripsArraysAndAttributes) {
  const test::TemporaryFolder folder;
  write_hdf5(folder.path() / "a.h5", example());
  const Hdf5Input input(folder.path() / "a.h5");
  EXPECT_THAT(input.matrices(), ElementsAre("matrix")) << "neither cubes nor texts";
  EXPECT_THAT(input.vectors(), ElementsAre("vector"));
  EXPECT_EQ(input.matrix("matrix").values, (Matrix{{1, 2, 3}, {4, 5, 6}}));
  EXPECT_FALSE(input.matrix("matrix").single_precision);
  EXPECT_EQ(input.matrix("vector").values, (Matrix{{.5}, {-1}}));
  EXPECT_TRUE(input.matrix("vector").single_precision);
  EXPECT_EQ(input.text("architecture"), "ntk: dense");
  EXPECT_EQ(input.number("error_estimate"), 1e-15);
  EXPECT_EQ(input.number("pairs"), 5e9);
  EXPECT_FALSE(input.text("absent").has_value());
}

TEST(Hdf5Store, EqualArgumentsGiveEqualBytes) {
  const test::TemporaryFolder folder;
  write_hdf5(folder.path() / "a.h5", example());
  write_hdf5(folder.path() / "b.h5", example());
  EXPECT_EQ(read_file(folder.path() / "a.h5"), read_file(folder.path() / "b.h5"));
}

TEST(Hdf5Store, RefusesWhatIsDamagedOrNotThere) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  write_hdf5(path, example());
  const std::string whole = read_file(path);
  for (const std::size_t size : {0UL, 1UL, 100UL, whole.size() / 2, whole.size() - 1}) {
    write_file(path, whole.substr(0, size));
    EXPECT_THAT(test::message_of<std::invalid_argument>([&] { Hdf5Input{path}; }),
                HasSubstr("a.h5: it is "))
        << size;
  }
  write_file(path, whole);
  const Hdf5Input input(path);
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] { input.matrix("matrx"); }),
              HasSubstr("did you mean \"matrix\"?"));
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] { input.matrix("cube"); }),
              HasSubstr("no dataset \"cube\" of numbers with 1 or 2 dimensions"));
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] { input.text("pairs"); }),
              HasSubstr("it is no text"));
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] { input.number("architecture"); }),
              HasSubstr("is no number"));
  EXPECT_THROW(Hdf5Input(folder.path() / "none.h5"), UnavailableError);
}

TEST(Hdf5Store, RefusesWhatIsNotFiniteNamingRowAndColumn) {
  const test::TemporaryFolder folder;
  const double bad[] = {1, 2, 3, std::numeric_limits<double>::quiet_NaN()};
  Hdf5Output output;
  output.arrays = {{"x", {{2, 2}, bad}}};
  write_hdf5(folder.path() / "a.h5", output);
  const Hdf5Input input(folder.path() / "a.h5");
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] { input.matrix("x"); }),
              HasSubstr("row 1, column 1 of \"x\" is nan"));
}

TEST(Hdf5Store, AnUnwritableFileIsUnavailable) {
  const test::TemporaryFolder folder;
  EXPECT_THROW(write_hdf5(folder.path() / "none" / "a.h5", example()), UnavailableError);
}

}  // namespace
}  // namespace wideband::hdf5_store_test
