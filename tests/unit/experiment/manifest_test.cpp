#include "wideband/experiment/manifest.hpp"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"

namespace wideband::manifest_test {
namespace {

TEST(Manifest, RoundTrips) {
  Manifest manifest;
  manifest.experiment = "tiny";
  manifest.build = {"1.2.3", "abc", "GNU 12"};
  manifest.threads = 2;
  manifest.seed = 7;
  manifest.tasks = {{"0123", "n = 3, \"x\"", 1.25}, {"4567", "n = 4", {}}};
  manifest.peak_bytes = 1e6;
  manifest.outputs = {{"tables/a.csv", "99"}};
  manifest.figures_missing = true;
  const Manifest back = manifest_from_json(manifest_json(manifest));
  EXPECT_EQ(manifest_json(back), manifest_json(manifest));
  EXPECT_EQ(back.tasks[0].label, "n = 3, \"x\"");
  EXPECT_EQ(back.tasks[0].seconds, 1.25);
  EXPECT_EQ(back.peak_bytes, 1e6);
  EXPECT_FALSE(back.tasks[1].seconds);
  EXPECT_THAT(manifest_json(manifest), ::testing::HasSubstr("\"task_seconds\": 1.25"));
}

TEST(Manifest, AnyOtherTextIsRefusedOrNone) {
  EXPECT_THROW(manifest_from_json("{"), std::invalid_argument);
  EXPECT_THROW(manifest_from_json("{}"), std::invalid_argument);
  EXPECT_THROW(manifest_from_json("[1]"), std::invalid_argument);
  const test::TemporaryFolder folder;
  EXPECT_FALSE(stored_manifest(folder.path()));
  write_file(folder.path() / "manifest.json", "{\"experiment\": 3}");
  EXPECT_FALSE(stored_manifest(folder.path()));
}

}  // namespace
}  // namespace wideband::manifest_test
