// The lines of README.md that a stranger types first, and the tables that they read.
#include <cmath>
#include <cstdlib>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"
#include "wideband/core/program.hpp"
#include "wideband/data/csv.hpp"
#include "wideband/random/key.hpp"

namespace wideband::test {
namespace {

const std::filesystem::path source = WIDEBAND_SOURCE;

// The indented lines of README.md from NET= on.
std::string lines_of_readme() {
  std::istringstream page(read_file(source / "README.md"));
  std::string lines;
  for (std::string line; std::getline(page, line);) {
    const bool begins = line.starts_with("    NET=");
    if (begins || (!lines.empty() && line.starts_with("    wideband "))) lines += line + "\n";
  }
  return lines;
}

TEST(Readme, TheLinesOfAStrangerRunAndPredict) {
  const std::string lines = lines_of_readme();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  EXPECT_THAT(lines, ::testing::HasSubstr(
                         "NET=\"dense W=1.5 b=0.1 | relu | dense W=1.5 b=0.1\"; wideband kernel"));
  const TemporaryFolder folder;
  std::filesystem::create_directory_symlink(source / "examples", folder.path() / "examples");
  const std::string command = WIDEBAND_COMMAND;
  write_file(folder.path() / "lines.sh",
             "set -eu\nPATH=" + command.substr(0, command.rfind('/')) + ":$PATH\n" + lines);
  const Ended end = run_program(program_on_path("bash"), {"lines.sh"}, folder.path());
  ASSERT_EQ(end.status, 0) << end.errors;
  for (const char* name : {"xx.h5", "zx.h5", "prediction.csv", "prediction.json"}) {
    EXPECT_TRUE(std::filesystem::exists(folder.path() / name)) << name;
  }
  const std::string table = read_file(folder.path() / "prediction.csv");
  EXPECT_THAT(table, ::testing::StartsWith("time,row,output,mean\ninf,0,0,"));
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 8);
}

TEST(Readme, TheTablesAreWhatTheirPageStates) {
  const Key key(4);
  const auto row = [&](const char* name, Index i) {
    return gaussians(key.child(name).child(i), 3);
  };
  const Matrix x = read_csv(source / "examples/data/x.csv");
  const Matrix z = read_csv(source / "examples/data/z.csv");
  const Matrix y = read_csv(source / "examples/data/y.csv");
  ASSERT_EQ(x.rows(), 24);
  ASSERT_EQ(z.rows(), 8);
  ASSERT_EQ(y.rows(), 24);
  for (Index i = 0; i < 24; ++i) {
    const Vector expected = row("x", i);
    for (Index j = 0; j < 3; ++j) EXPECT_TRUE(near(x(i, j), expected(j), 1e-14));
    const double value = std::sin(x(i, 0)) + .5 * x(i, 1) * x(i, 2);
    EXPECT_TRUE(near(y(i, 0), value, 1e-14));
  }
  for (Index i = 0; i < 8; ++i) {
    const Vector expected = row("z", i);
    for (Index j = 0; j < 3; ++j) EXPECT_TRUE(near(z(i, j), expected(j), 1e-14));
  }
}

}  // namespace
}  // namespace wideband::test
