// What can be typed, what is refused, and with which status and message.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_run.hpp"

namespace wideband::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

void expect_refused(const std::vector<std::string>& words, int status, const std::string& part) {
  const TemporaryFolder folder;
  const Finish end = wideband(words, {.folder = folder.path()});
  EXPECT_EQ(end.status, status) << end.errors;
  EXPECT_THAT(end.errors, HasSubstr(part));
  EXPECT_EQ(std::count(end.errors.begin(), end.errors.end(), '\n'), 1) << "one clear line";
  EXPECT_THAT(names_in(folder.path()), IsEmpty()) << "nothing is left behind";
}

TEST(Arguments, PrintsWhatThereIs) {
  EXPECT_THAT(wideband({"list"}).output, HasSubstr("circle-spectrum: "));
  EXPECT_THAT(wideband({"list"}).output, HasSubstr("circle-spectrum/quick: "));
  const Finish described = wideband({"describe", "circle-spectrum"});
  EXPECT_EQ(described.status, 0);
  EXPECT_THAT(described.output, HasSubstr("cutoff = 64"));
  EXPECT_THAT(wideband({"--version"}).output, StartsWith("wideband "));
  EXPECT_THAT(wideband({"--help"}).output, HasSubstr("reproduce"));
  EXPECT_THAT(wideband({"help", "exit-codes"}).output, HasSubstr("130  interrupted"));
  EXPECT_THAT(wideband({"help", "man"}).output, StartsWith(".TH WIDEBAND 1"));
  EXPECT_THAT(wideband({"help", "completion"}).output, HasSubstr("complete -F _wideband"));
}

TEST(Arguments, RefusesUnknownWordsNamingTheNearest) {
  expect_refused({"runn"}, 2, "unexpected \"runn\", did you mean \"run\"?");
  expect_refused({"run", "circle-spectrum", "--thread", "2"}, 2, "did you mean \"--threads\"?");
  expect_refused({"run", "circle-spectrm"}, 2, "did you mean \"circle-spectrum\"?");
  expect_refused({"run", "circle-spectrum/qick"}, 2, "did you mean \"quick\"?");
  expect_refused({"run", "circle-spectrum", "--set", "cutof=3"}, 2, "did you mean \"cutoff\"?");
  expect_refused({"run", "circle-spectrum", "--set", "kernel=nobais"}, 2,
                 "did you mean \"nobias\"?");
  expect_refused({"describe", "circle-spectrm"}, 2, "did you mean \"circle-spectrum\"?");
  expect_refused({"help", "exit-code"}, 2, "did you mean \"exit-codes\"?");
  expect_refused({"run"}, 2, "WHAT is required");
}

TEST(Arguments, RefusesIllTypedAndBoundedValuesBeforeAnythingStarts) {
  expect_refused({"run", "circle-spectrum", "--set", "cutoff=2.5"}, 2, "expected an integer");
  expect_refused({"run", "circle-spectrum", "--set", "cutoff=-1"}, 2, "expected at least 0");
  expect_refused({"run", "circle-spectrum", "--set", "sizes=nan"}, 2,
                 "expected a list of integers");
  expect_refused({"run", "circle-spectrum", "--set", "sizes=[]"}, 2, "is an empty list");
  expect_refused({"run", "circle-spectrum", "--set", "cutoff"}, 2, "expected key=value");
  expect_refused({"run", "circle-spectrum", "--threads", "0"}, 2, "--threads");
  expect_refused({"run", "circle-spectrum", "--threads", "two"}, 2, "--threads");
}

TEST(Arguments, RefusesDecksNamingFileAndLine) {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& deck) {
    write_file(folder.path() / "my.toml", deck);
    const Finish end = wideband({"run", "my.toml", "--out", "run"}, {.folder = folder.path()});
    EXPECT_EQ(end.status, 2) << deck;
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "run"));
    return end.errors;
  };
  const std::string head = "experiment = \"circle-spectrum\"\n";
  EXPECT_THAT(refused(head + "\nsise = 3\n"), HasSubstr("my.toml:3: unknown key \"sise\""));
  EXPECT_THAT(refused(head + "sizes = [16"), HasSubstr("my.toml:2"));
  EXPECT_THAT(refused("sizes = [16]"), HasSubstr("does not say which experiment"));
  EXPECT_THAT(refused("experiment = \"circle-spectral\""), HasSubstr("circle-spectrum"));
  EXPECT_THAT(refused(std::string("\0\xff\x01", 3)), HasSubstr("my.toml:1"));
  expect_refused({"run", "none.toml"}, 4, "none.toml: No such file or directory");
}

TEST(Arguments, OptionsStandBeforeOrAfterAndSetBeatsTheDeck) {
  const SmallRun small;
  const Finish end = wideband({"run", "--set", "cutoff=5", "--quiet", "small.toml", "--set",
                               "kernel=bias", "--out", "run", "--set", "seed=7"},
                              small.options());
  EXPECT_EQ(end.status, 0) << end.errors;
  EXPECT_EQ(end.output, "");
  const std::string config = read_file(small.run() / "config.toml");
  EXPECT_THAT(config, HasSubstr("\ncutoff = 5\n"));
  EXPECT_THAT(config, HasSubstr("\nkernel = [\"bias\"]\n"));
  EXPECT_THAT(config, HasSubstr("\nseed = 7\n")) << "an assignment replaces a sweep";
  EXPECT_THAT(config, HasSubstr("\nsizes = [16, 33]\n"));
}

TEST(Arguments, ABrokenStandardOutputIsNoSuccess) {
  const Finish end = wideband({"list"}, {.in_child = [] {
                                if (std::freopen("/dev/full", "w", stdout) == nullptr) ::_exit(125);
                              }});
  EXPECT_EQ(end.status, 4) << end.errors;
}

TEST(Arguments, TheDoctorFindsThisInstallationSound) {
  const Finish end = wideband({"doctor"});
  EXPECT_EQ(end.status, 0) << end.output;
  EXPECT_THAT(end.output, HasSubstr("BLAS"));
}

}  // namespace
}  // namespace wideband::test
