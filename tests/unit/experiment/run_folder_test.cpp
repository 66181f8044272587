#include "wideband/experiment/run_folder.hpp"

#include <fstream>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "support/tiny_experiment.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::run_folder_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

const Settings& defaults() {
  static const Settings settings = test::tiny_experiment().defaults;
  return settings;
}

Deck deck(const std::string& text = "") {
  return read_deck("tiny", defaults(), text, "d.toml", {});
}

std::string complaint(const fs::path& folder, const Deck& wanted) {
  return test::message_of<std::invalid_argument>([&] { RunFolder(folder, wanted, defaults()); });
}

TEST(RunFolder, DefaultNameDependsOnTheResolvedDeck) {
  EXPECT_THAT(default_folder(deck()).string(), ::testing::MatchesRegex("runs/tiny-[0-9a-f]{8}"));
  EXPECT_EQ(default_folder(deck()), default_folder(deck("power = 1")));
  EXPECT_NE(default_folder(deck()), default_folder(deck("power = 2")));
}

TEST(RunFolder, MakesTheFolderAndWritesItsConfiguration) {
  const test::TemporaryFolder temporary;
  const fs::path folder = temporary.path() / "a" / "b";
  { const RunFolder held(folder, deck("power = 2"), defaults()); }
  EXPECT_THAT(test::names_in(folder), UnorderedElementsAre(".lock", "config.toml"));
  EXPECT_EQ(stored_experiment(folder), "tiny");
  EXPECT_EQ(first_difference(stored_deck(folder, "tiny", defaults()), deck("power = 2")), "");
}

TEST(RunFolder, TakesTheSameConfigurationAgain) {
  const test::TemporaryFolder folder;
  { const RunFolder held(folder.path(), deck(), defaults()); }
  EXPECT_NO_THROW(RunFolder(folder.path(), deck("power = 1"), defaults()));
}

TEST(RunFolder, NamesTheFirstDifferingKey) {
  const test::TemporaryFolder folder;
  { const RunFolder held(folder.path(), deck(), defaults()); }
  EXPECT_THAT(complaint(folder.path(), deck("power = 2\nseed = 3")),
              HasSubstr("holds another configuration: power is 2, there 1"));
  EXPECT_THAT(complaint(folder.path(), read_deck("other", defaults(), "", "", {})),
              HasSubstr("experiment is \"other\", there it is \"tiny\""));
}

TEST(RunFolder, RefusesAnythingElseAndLeavesItAlone) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "thesis.tex", "x");
  EXPECT_THAT(complaint(folder.path(), deck()), HasSubstr("not empty and holds no run"));
  EXPECT_THAT(test::names_in(folder.path()), UnorderedElementsAre("thesis.tex"));
  const test::TemporaryFolder other;
  write_file(other.path() / "config.toml", "a = b");
  EXPECT_THAT(complaint(other.path(), deck()), HasSubstr("config.toml:1"));
}

TEST(RunFolder, TakesWhatAKilledBeginningLeft) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / ".lock", "");
  write_file(folder.path() / ".config.toml.77.part", "half");
  const RunFolder held(folder.path(), deck(), defaults());
  EXPECT_THAT(test::names_in(folder.path()), UnorderedElementsAre(".lock", "config.toml"));
}

TEST(RunFolder, ASecondWriterIsToldTheProcessId) {
  const test::TemporaryFolder folder;
  const RunFolder held(folder.path(), deck(), defaults());
  EXPECT_THAT(
      test::message_of<UnavailableError>([&] { RunFolder(folder.path(), deck(), defaults()); }),
      HasSubstr(fmt::format("held by process {}", ::getpid())));
}

TEST(RunFolder, AFileInItsPlaceIsUnavailable) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "file", "x");
  EXPECT_THROW(RunFolder(folder.path() / "file", deck(), defaults()), UnavailableError);
  EXPECT_THROW(RunFolder(folder.path() / "file" / "sub", deck(), defaults()), UnavailableError);
  EXPECT_THROW(stored_experiment(folder.path()), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::run_folder_test
