#include "wideband/experiment/toml_deck.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"

namespace wideband::toml_deck_test {
namespace {

using ::testing::HasSubstr;

struct Small {
  Index cutoff = 10;
  double eta = .05;
  std::string kernel = "bias";
  std::vector<Index> sizes = {64, 128};
  std::vector<std::string> targets = {"base4"};
};

template <class Visitor>
void visit_fields(Small& config, Visitor&& visit) {
  visit("cutoff", config.cutoff, Field{.meaning = "largest frequency", .minimum = 0});
  visit("eta", config.eta, Field{.meaning = "step", .minimum = 0, .exclusive = true});
  visit("kernel", config.kernel, Field{.meaning = "kernel", .choices = {"bias", "nobias"}});
  visit("sizes", config.sizes, Field{.meaning = "samples", .minimum = 4});
  visit("targets", config.targets, Field{.meaning = "targets"});
}

Deck deck(const std::string& text, const std::vector<std::string>& assignments = {}) {
  return read_deck("small", settings_of(Small{}), text, "d.toml", assignments);
}

Small config(const std::string& text, const std::vector<std::string>& assignments = {}) {
  return config_from<Small>(points(deck(text, assignments)).front());
}

std::string complaint(const std::string& text, const std::vector<std::string>& assignments = {}) {
  return test::message_of<std::invalid_argument>([&] { deck(text, assignments); });
}

TEST(TomlDeck, AssignmentBeatsDeckBeatsDefault) {
  const Small read = config("cutoff = 3\neta = 1", {"cutoff=4"});
  EXPECT_EQ(read.cutoff, 4);
  EXPECT_EQ(read.eta, 1.0) << "an integer serves where a number is wanted";
  EXPECT_EQ(read.kernel, "bias");
}

TEST(TomlDeck, ScalarsServeAsListsOfOne) {
  EXPECT_EQ(config("sizes = 32").sizes, std::vector<Index>{32});
  EXPECT_EQ(config("", {"sizes=32"}).sizes, std::vector<Index>{32});
  EXPECT_EQ(config("", {"sizes=[8, 16]"}).sizes, (std::vector<Index>{8, 16}));
}

TEST(TomlDeck, ABareWordIsAString) {
  EXPECT_EQ(config("", {"kernel=nobias"}).kernel, "nobias");
  EXPECT_EQ(config("", {"kernel=\"nobias\""}).kernel, "nobias");
  EXPECT_EQ(config("", {"targets=data/my angles.csv"}).targets.front(), "data/my angles.csv");
  EXPECT_THAT(complaint("", {"sizes=[1, 2"}), HasSubstr("neither a TOML value nor a bare word"));
  EXPECT_THAT(complaint("", {"cutoff=1\neta = 3"}), HasSubstr("neither"));
  EXPECT_THAT(complaint("", {"kernel="}), HasSubstr("neither"));
  EXPECT_THAT(complaint("", {"cutoff"}), HasSubstr("expected key=value"));
}

TEST(TomlDeck, NamesFileLineAndNearestKey) {
  EXPECT_EQ(complaint("\n\ncutof = 3"),
            "[deck] d.toml:3: unknown key \"cutof\", did you mean \"cutoff\"?");
  EXPECT_EQ(complaint("", {"siezs=3"}),
            "[deck] --set siezs=3: unknown key \"siezs\", did you mean \"sizes\"?");
  EXPECT_THAT(complaint("zzzzzzzzz = 1"), HasSubstr("`wideband describe` lists the keys"));
}

TEST(TomlDeck, NamesIllTypedValues) {
  EXPECT_EQ(complaint("cutoff = 2.5"), "[deck] d.toml:1: \"cutoff\" is 2.5, expected an integer");
  EXPECT_EQ(complaint("eta = \"big\""), "[deck] d.toml:1: \"eta\" is \"big\", expected a number");
  EXPECT_EQ(complaint("kernel = [\"bias\"]"),
            "[deck] d.toml:1: \"kernel\" is a list, expected a string");
  EXPECT_THAT(complaint("sizes = [64, 1.5]"), HasSubstr("expected a list of integers"));
  EXPECT_THAT(complaint("cutoff = 1979-05-27"), HasSubstr("is a date or time"));
  EXPECT_EQ(complaint("cutoff = 1\nsizes = [2]"),
            "[deck] d.toml:2: \"sizes\" is 2, expected at least 4");
  EXPECT_THAT(complaint("eta = nan"), HasSubstr("expected a finite number"));
  EXPECT_THAT(complaint("a = \n"), HasSubstr("d.toml:1: "));
  EXPECT_THAT(complaint("cutoff = 1\ncutoff = 2"), HasSubstr("d.toml:2: "));
}

TEST(TomlDeck, TheExperimentMustAgree) {
  EXPECT_EQ(deck_experiment("cutoff = 3", "d.toml"), "");
  EXPECT_EQ(deck_experiment("experiment = \"other\"", "d.toml"), "other");
  EXPECT_EQ(complaint("experiment = \"other\""),
            "[deck] d.toml:1: the deck is of experiment \"other\", expected \"small\"");
}

TEST(TomlDeck, SweepsCombineAndZipsRunSideBySide) {
  const Deck swept = deck(
      "[sweep]\neta = [0.1, 0.2]\ncutoff = [1, 2]\n"
      "[[zip]]\nkernel = [\"bias\", \"nobias\"]\nsizes = [64, [8, 16]]\n");
  const std::vector<Settings> all = points(swept);
  ASSERT_EQ(all.size(), 8u);
  const auto last = config_from<Small>(all.back());
  EXPECT_EQ(last.eta, .2);
  EXPECT_EQ(last.cutoff, 2);
  EXPECT_EQ(last.kernel, "nobias");
  EXPECT_EQ(last.sizes, (std::vector<Index>{8, 16}));
  const auto second = config_from<Small>(all[1]);
  EXPECT_EQ(second.cutoff, 1) << "the last axis runs fastest";
  EXPECT_EQ(second.kernel, "nobias");
  EXPECT_EQ(config_from<Small>(all[4]).cutoff, 2) << "sweeps follow the order of the keys";
}

TEST(TomlDeck, AListKeyIsAValueNotASweep) {
  EXPECT_EQ(points(deck("sizes = [8, 16, 32]")).size(), 1u);
}

TEST(TomlDeck, RefusesUnequalZipsEmptySweepsAndRepeatedKeys) {
  EXPECT_THAT(complaint("[[zip]]\neta = [1, 2]\ncutoff = [1]"), HasSubstr("side by side"));
  EXPECT_THAT(complaint("[sweep]\neta = []"), HasSubstr("sweeps over nothing"));
  EXPECT_THAT(complaint("eta = 1\n[sweep]\neta = [1, 2]"), HasSubstr("given twice"));
  EXPECT_THAT(complaint("sweep = 3"), HasSubstr("write [sweep]"));
  EXPECT_THAT(complaint("zip = 3"), HasSubstr("write [[zip]]"));
  EXPECT_THAT(complaint("[sweep]\nexperiment = [\"a\"]"), HasSubstr("unknown key"));
}

TEST(TomlDeck, AnAssignmentReplacesASweep) {
  const Deck replaced = deck("[sweep]\neta = [1, 2]\ncutoff = [1, 2, 3]", {"eta=0.5"});
  EXPECT_EQ(points(replaced).size(), 3u);
  EXPECT_EQ(config_from<Small>(points(replaced).front()).eta, .5);
}

TEST(TomlDeck, RefusesTooManyPoints) {
  std::string list = "[0";
  for (int i = 1; i < 200; ++i) list += ", " + std::to_string(i);
  EXPECT_THAT(complaint("[sweep]\ncutoff = " + list + "]\neta = [1" + list.substr(2) + "]"),
              HasSubstr("more than 10000 points"));
}

TEST(TomlDeck, ConfigTextIsADeckOfEqualContents) {
  for (const std::string text : {"cutoff = 3", "[sweep]\neta = [1, 2]\ncutoff = [1, 2]",
                                 "kernel = \"nobias\"\n[[zip]]\nsizes = [8, [9, 10]]\neta = [1, "
                                 "2]\n[[zip]]\ncutoff = [4, 5]"}) {
    const Deck original = deck(text);
    const Deck again = deck(config_text(original));
    EXPECT_EQ(canonical_text(again), canonical_text(original));
    EXPECT_EQ(config_text(again), config_text(original));
    EXPECT_EQ(first_difference(original, again), "");
  }
  EXPECT_THAT(config_text(deck("")), HasSubstr("# largest frequency\ncutoff = 10\n"));
}

TEST(TomlDeck, EqualContentsAreEqualHoweverWritten) {
  EXPECT_EQ(canonical_text(deck("eta = 0.1\nsizes = 64")),
            canonical_text(deck("sizes = [64]\n[sweep]\neta = [0.1]")));
  EXPECT_EQ(first_difference(deck("eta = 1"), deck("eta = 2")), "eta is 1.0, there 2.0");
  EXPECT_EQ(first_difference(deck("eta = 1"), deck("[sweep]\neta = [1, 2]")),
            "eta is 1.0, there swept over [1.0, 2.0]");
}

TEST(TomlDeck, TheLeadingCommentDescribesIt) {
  EXPECT_EQ(deck_description("# One.\n#\n# Two.\neta = 1\n# no\n"), "One. Two.");
  EXPECT_EQ(deck_description("eta = 1"), "");
}

// Any text gives a deck or an invalid_argument, never anything else: mutations of a whole deck.
TEST(TomlDeck, SurvivesEveryMutation) {
  const std::string whole =
      "experiment = \"small\"\ncutoff = 3\nsizes = [8, 16]\n[sweep]\neta = [0.1, 1]\n"
      "[[zip]]\nkernel = [\"bias\"]\ntargets = [[\"a\"]]\n";
  int refused = 0;
  const auto feed = [&](const std::string& text) {
    try {
      points(deck(text));
    } catch (const std::invalid_argument&) {
      ++refused;
    }
  };
  for (std::size_t i = 0; i < whole.size(); ++i) {
    feed(whole.substr(0, i));
    feed(whole.substr(i));
    for (const char c : {'[', ']', '"', '=', '\n', '\0', '\xff', '9', 'e', '{', '.'}) {
      std::string changed = whole;
      changed[i] = c;
      feed(changed);
      feed(whole.substr(0, i) + c + whole.substr(i));
    }
  }
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace wideband::toml_deck_test
