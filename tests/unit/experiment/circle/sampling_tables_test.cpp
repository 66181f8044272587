#include "wideband/experiment/circle/sampling_tables.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/sampling_fixture.hpp"
#include "wideband/circle/sample_moments.hpp"

namespace wideband::sampling_tables_test {
namespace {

TEST(ConcentrationTable, HasTheColumnsOfTheContract) {
  const std::vector<Table> tables = moments_tables(test::small_samples());
  const Table& table = tables.front();
  EXPECT_EQ(table.name(), "concentration");
  EXPECT_EQ(table.columns(),
            (std::vector<std::string>{"n", "K", "kernel", "metric", "mean", "std", "rms", "q05",
                                      "q50", "q95", "predicted_rms", "envelope", "seeds"}));
  ASSERT_EQ(table.rows().size(), 18U);
  const auto& row = table.rows()[1];
  EXPECT_EQ(std::get<std::string>(row[3]), "gram_fro");
  EXPECT_TRUE(test::near(std::get<double>(row[10]), std::sqrt(20.0 / 64), 1e-15));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(row[11]));
  EXPECT_TRUE(std::holds_alternative<std::monostate>(table.rows()[0][10]));
}

TEST(CompressedEntryRms, SumsToTheMeanSquare) {
  const SampleGroup& group = test::small_samples()[0];
  EXPECT_TRUE(test::relatively_near(compressed_entry_rms(group).squaredNorm(),
                                    group.compressed_fro.squaredNorm() / 400, 1e-12));
}

TEST(LargestEntryCounts, CountEverySampleOnce) {
  const SampleGroup& group = test::small_samples()[0];
  for (const SampleError error : {SampleError::gram, SampleError::compressed})
    EXPECT_EQ(largest_entry_counts(group, error).sum(), 400);
}

TEST(EnvelopeRatio, IsThatOfTheQuantile) {
  const SampleGroup& group = test::small_samples()[0];
  EXPECT_GT(*envelope_ratio(group, SampleError::gram, EnvelopeKind::sharper), 1);
  EXPECT_FALSE(envelope_ratio(group, SampleError::compressed, EnvelopeKind::sharper));
  EXPECT_EQ(&largest_errors(group, SampleError::action), &group.action_max);
}

}  // namespace
}  // namespace wideband::sampling_tables_test
