#include "wideband/experiment/kernel/gallery_results.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/gallery_fixture.hpp"
#include "wideband/experiment/table_rows.hpp"

namespace wideband::gallery_results_test {
namespace {

using test::small_gallery;

TEST(GalleryResults, SurviveTheRecord) {
  const GalleryNet& net = *net_of(small_gallery(), "erf", 3, 0.5);
  Record record;
  put_net(record, net);
  const GalleryTask task{"erf", {"circle", "sphere2", "sphere9"}, {3}, net.W, {0.5}, 64, 37};
  const GalleryResults read = gallery_results({{GalleryConfig{}, {{task, record}}}});
  ASSERT_EQ(read.nets.size(), 1U);
  EXPECT_EQ(read.nets[0].ntk, net.ntk);
  EXPECT_EQ(read.nets[0].ntk_diagonal, net.ntk_diagonal);
  EXPECT_EQ(spectrum_of(read.nets[0], "sphere9")->nngp.error,
            spectrum_of(net, "sphere9")->nngp.error);
  EXPECT_EQ(spectrum_of(read.nets[0], "plane"), nullptr);
  EXPECT_EQ(net_of(read, "erf", 4, 0.5), nullptr);
}

TEST(GalleryTables, BeginWithTheContractsColumns) {
  const std::vector<Table> tables = gallery_tables(small_gallery());
  EXPECT_EQ(table_named(tables, "profile").columns(),
            (std::vector<std::string>{"activation", "depth", "W", "b", "theta", "nngp", "ntk"}));
  const std::vector<std::string> spectrum = {
      "domain",       "activation",      "depth",         "W", "b", "k",
      "multiplicity", "eigenvalue_nngp", "eigenvalue_ntk"};
  const std::vector<std::string> decay = {"domain", "activation", "depth",  "b",        "parity",
                                          "kernel", "exponent",   "stderr", "predicted"};
  const auto& spectrum_columns = table_named(tables, "spectrum").columns();
  const auto& decay_columns = table_named(tables, "decay").columns();
  EXPECT_TRUE(std::equal(spectrum.begin(), spectrum.end(), spectrum_columns.begin()));
  EXPECT_TRUE(std::equal(decay.begin(), decay.end(), decay_columns.begin()));
}

TEST(GalleryTables, HoldEveryNetworkAngleAndDegree) {
  const std::vector<Table> tables = gallery_tables(small_gallery());
  EXPECT_EQ(table_named(tables, "profile").rows().size(), 8U * 37);
  EXPECT_EQ(table_named(tables, "spectrum").rows().size(), 8U * 3 * 65);
  EXPECT_EQ(table_named(tables, "share").rows().size(), 8U * 3);
}

TEST(GalleryTables, GiveMultiplicitiesOfTheSphere) {
  const std::vector<Table> tables = gallery_tables(small_gallery());
  const TableRows rows(table_named(tables, "spectrum"));
  for (const double m : rows.where("domain", "sphere2").where("k", 7).numbers("multiplicity"))
    EXPECT_EQ(m, 15);
}

TEST(ProfileAngles, RunFromZeroToPi) {
  const Vector angles = profile_angles(3);
  EXPECT_EQ(angles(0), 0);
  EXPECT_EQ(angles(2), std::acos(-1.0));
}

TEST(AmbientDimension, KnowsThreeSpheres) {
  EXPECT_EQ(ambient_dimension("circle"), 2);
  EXPECT_EQ(ambient_dimension("sphere9"), 10);
  EXPECT_THROW(ambient_dimension("sphere3"), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::gallery_results_test
