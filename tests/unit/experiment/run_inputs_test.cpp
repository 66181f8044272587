#include "wideband/experiment/run_inputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"

namespace wideband::run_inputs_test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

Settings defaults() {
  return {{"angles", std::string(), Field{.meaning = "a file", .file = true}},
          {"kernel", std::string("bias"), Field{.meaning = "no file"}}};
}

Deck deck(const fs::path& angles) {
  return read_deck("tiny", defaults(), "", "d.toml", {"angles=\"" + angles.string() + "\""});
}

std::string angles_of(const Deck& deck) {
  return std::get<std::string>(value_of(deck.settings, "angles"));
}

TEST(RunInputs, KeepCopiesOfNamedFiles) {
  const test::TemporaryFolder temporary;
  const fs::path file = temporary.path() / "mine.csv";
  const fs::path run = temporary.path() / "run";
  write_file(file, "0.5\n1.5\n");
  EXPECT_EQ(angles_of(with_stored_inputs(deck(file), run)), file.string()) << "no copy yet";
  store_inputs(deck(file), run);
  EXPECT_EQ(read_file(run / "inputs" / "mine.csv"), "0.5\n1.5\n");
  EXPECT_EQ(angles_of(with_stored_inputs(deck(file), run)), (run / "inputs/mine.csv").string());
  fs::remove(file);
  EXPECT_NO_THROW(store_inputs(deck(file), run)) << "the copy is enough";
}

TEST(RunInputs, RefuseAFileThatHasChanged) {
  const test::TemporaryFolder temporary;
  const fs::path file = temporary.path() / "mine.csv";
  write_file(file, "0.5\n");
  store_inputs(deck(file), temporary.path() / "run");
  write_file(file, "0.6\n");
  EXPECT_THAT(test::message_of<std::invalid_argument>(
                  [&] { store_inputs(deck(file), temporary.path() / "run"); }),
              HasSubstr("has changed since"));
}

TEST(RunInputs, LeaveDecksWithoutFilesAlone) {
  const test::TemporaryFolder temporary;
  store_inputs(deck(""), temporary.path());
  EXPECT_FALSE(fs::exists(temporary.path() / "inputs"));
}

TEST(RunInputs, RefuseTwoFilesOfOneName) {
  const test::TemporaryFolder temporary;
  for (const char* folder : {"a", "b"}) {
    fs::create_directory(temporary.path() / folder);
    write_file(temporary.path() / folder / "x.csv", "1\n");
  }
  const std::string text = "[sweep]\nangles = [\"" + (temporary.path() / "a/x.csv").string() +
                           "\", \"" + (temporary.path() / "b/x.csv").string() + "\"]";
  const Deck two = read_deck("tiny", defaults(), text, "d.toml", {});
  EXPECT_THAT(
      test::message_of<std::invalid_argument>([&] { store_inputs(two, temporary.path() / "run"); }),
      HasSubstr("would be one"));
}

}  // namespace
}  // namespace wideband::run_inputs_test
