#include "wideband/experiment/result_files.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"
#include "wideband/data/csv.hpp"
#include "wideband/data/npy.hpp"

namespace wideband::result_files_test {
namespace {

const double numbers[] = {1, .1, 3, -4e-300};

TEST(ResultFiles, NamesAreBesideTheFirst) {
  EXPECT_EQ(beside("a/xx.npy", "_ntk.npy"), "a/xx_ntk.npy");
  EXPECT_EQ(beside("xx.npy", ".json"), "xx.json");
}

TEST(ResultFiles, MatricesRoundTripInBothTypes) {
  const test::TemporaryFolder folder;
  const float singles[] = {.1F, 2};
  OutputFiles files;
  add_npy(files, folder.path() / "a.npy", {{2, 2}, numbers});
  add_csv(files, folder.path() / "a.csv", {{2, 2}, numbers});
  add_npy(files, folder.path() / "b.npy", {{1, 2}, singles});
  add_csv(files, folder.path() / "b.csv", {{1, 2}, singles});
  add_hdf5(files, folder.path() / "b.h5", {{{"b", {{1, 2}, singles}}}, {}, {}});
  files.publish();
  const Matrix expected{{1, .1}, {3, -4e-300}};
  EXPECT_EQ(read_npy(folder.path() / "a.npy").values, expected);
  EXPECT_EQ(read_csv(folder.path() / "a.csv"), expected);
  const Matrix widened{{static_cast<double>(.1F), 2}};
  EXPECT_EQ(read_npy(folder.path() / "b.npy").values, widened);
  EXPECT_TRUE(read_npy(folder.path() / "b.npy").single_precision);
  EXPECT_EQ(read_csv(folder.path() / "b.csv"), widened);
  EXPECT_EQ(Hdf5Input(folder.path() / "b.h5").matrix("b").values, widened);
}

TEST(ResultFiles, JsonHoldsEverythingAndNothingItCannot) {
  Hdf5Output results;
  const double odd[] = {std::numeric_limits<double>::infinity(),
                        std::numeric_limits<double>::quiet_NaN()};
  results.attributes = {{"architecture", std::string("ntk: \"quoted\"")},
                        {"options", std::string("{\"tile\": 1}")},
                        {"pairs", std::int64_t{3}},
                        {"rate", .5}};
  results.texts = {{"status", {"ok"}}};
  results.arrays = {{"matrix", {{2, 2}, numbers}}, {"time", {{2}, odd}}};
  EXPECT_EQ(json_text(results), R"({
 "architecture": "ntk: \"quoted\"",
 "options": {"tile":1},
 "pairs": 3,
 "rate": 0.5,
 "status": ["ok"],
 "matrix": [[1.0,0.1],[3.0,-4e-300]],
 "time": ["inf",null]
}
)");
  EXPECT_EQ(json_text({}), "{}\n");
}

}  // namespace
}  // namespace wideband::result_files_test
