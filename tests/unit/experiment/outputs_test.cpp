#include "wideband/experiment/outputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "support/tiny_experiment.hpp"
#include "wideband/core/file.hpp"

namespace wideband::outputs_test {
namespace {

TEST(Outputs, DigestsNoticeMissingAndAlteredFiles) {
  const test::TemporaryFolder folder;
  const Experiment tiny = test::tiny_experiment();
  const Deck deck = read_deck("tiny", tiny.defaults, "", "", {});
  Outcome outcome;
  Table table("t", {"n"});
  table.add({Index{3}});
  outcome.tables.push_back(table);
  const auto digests = write_outputs(outcome, deck, {}, {.folder = folder.path()});
  EXPECT_EQ(digests.count("tables/t.csv"), 1u);
  EXPECT_EQ(digests.count("claims.json"), 1u);
  EXPECT_EQ(altered_output(folder.path(), digests), "");
  write_file(folder.path() / "tables/t.csv", "n\n4\n");
  EXPECT_EQ(altered_output(folder.path(), digests), "tables/t.csv");
  std::filesystem::remove(folder.path() / "claims.json");
  EXPECT_EQ(altered_output(folder.path(), digests), "claims.json");
}

}  // namespace
}  // namespace wideband::outputs_test
