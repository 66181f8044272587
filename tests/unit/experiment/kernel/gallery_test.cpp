#include "wideband/experiment/kernel/gallery.hpp"

#include <numbers>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/experiment.hpp"
#include "support/gallery_fixture.hpp"
#include "wideband/kernel/kernel.hpp"

namespace wideband::gallery_test {
namespace {

TEST(GalleryNet, IsWrittenInTheTextForm) {
  EXPECT_EQ(gallery_net("relu", 1, 1.5, 0), "dense W=1.5 b=none | relu | dense W=1.5 b=none");
  EXPECT_EQ(gallery_net("erf", 2, 1, 0.5),
            "dense W=1 b=0.5 | erf | dense W=1 b=0.5 | erf | dense W=1 b=0.5");
}

TEST(GalleryTasks, AreOneForEachActivation) {
  const std::vector<GalleryTask> tasks = gallery_tasks(GalleryConfig{});
  ASSERT_EQ(tasks.size(), 3U);
  EXPECT_EQ(tasks[1].activation, "erf");
  EXPECT_EQ(tasks[1].depths, GalleryConfig{}.depths);
}

TEST(GalleryRecord, HoldsTheKernelsOfItsNetworks) {
  const GalleryTask task = gallery_tasks(test::small_gallery_config()).at(0);
  const Matrix profile = gallery_record(task).matrix("3.0.5.profile");
  ASSERT_EQ(profile.rows(), 37);
  // Two rows at 60 degrees, in three dimensions and with another norm direction.
  Matrix X(2, 3);
  const double r = std::sqrt(3.0);
  X << 0, r, 0, 0, r * std::cos(std::numbers::pi / 3), r * std::sin(std::numbers::pi / 3);
  const KernelResult<> pair = kernel(X, parse_architecture(gallery_net("relu", 3, task.W, 0.5)));
  EXPECT_TRUE(test::relatively_near(profile(12, 1), pair.nngp(0, 1), 1e-14));
  EXPECT_TRUE(test::relatively_near(profile(12, 2), pair.ntk(0, 1), 1e-14));
  EXPECT_TRUE(test::relatively_near(profile(0, 2), pair.ntk(0, 0), 1e-14));
}

TEST(KernelGallery, RefusesUnknownActivations) {
  GalleryConfig config;
  config.activations = {"rleu"};
  EXPECT_THROW(kernel_gallery().validate(settings_of(config)), std::invalid_argument);
}

TEST(KernelGallery, RunsAtTheSmallestSizes) {
  const Experiment gallery = kernel_gallery();
  GalleryConfig config;
  config.domains = {"sphere2"};
  config.activations = {"gelu"};
  config.depths = {2};
  config.biases = {0.1};
  config.cutoff = 8;
  config.angles = 2;
  const Outcome outcome = gallery.outcome({test::all_records(gallery, settings_of(config))});
  EXPECT_EQ(outcome.tables.at(0).rows().size(), 2U);
  EXPECT_EQ(outcome.tables.at(1).rows().size(), 9U);
  for (const Claim& claim : outcome.claims) EXPECT_NO_THROW(judge(claim)) << claim.id;
}

}  // namespace
}  // namespace wideband::gallery_test
