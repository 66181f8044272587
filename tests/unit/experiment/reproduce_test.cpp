#include "wideband/experiment/reproduce.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"
#include "support/tiny_experiment.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/task_store.hpp"

namespace wideband::reproduce_test {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Reproduce : public ::testing::Test {
 protected:
  Reproduce() {
    options_.folder = folder_.path();
    run(tiny_, read_deck("tiny", tiny_.defaults, "", "", {}), options_);
  }
  std::vector<std::string> differences() { return reproduce(tiny_, options_).differences; }
  fs::path task_file() const {
    return folder_.path() / "tasks" / test::names_in(folder_.path() / "tasks").front();
  }

  test::TemporaryFolder folder_;
  Experiment tiny_ = test::tiny_experiment();
  RunOptions options_;
};

TEST_F(Reproduce, FindsNothingInAnUnchangedFolder) {
  const auto names = test::names_in(folder_.path());
  EXPECT_THAT(differences(), IsEmpty());
  EXPECT_EQ(test::names_in(folder_.path()), names);
}

TEST_F(Reproduce, NamesTheTaskAndTheArrayThatDiffer) {
  const TaskSettings task = tiny_.tasks(tiny_.defaults).front();
  Record other;
  other.put("sum", 7.0);
  TaskStore(folder_.path() / "tasks", {.experiment = "tiny"}).save(task, other);
  EXPECT_THAT(differences(), ElementsAre(HasSubstr("sum[0] is 7 there, 6 now")));
}

TEST_F(Reproduce, NamesDamagedFilesAndLeavesThem) {
  write_file(task_file(), "rubbish");
  EXPECT_THAT(differences(), ElementsAre(HasSubstr("it is cut off")));
  EXPECT_EQ(read_file(task_file()), "rubbish");
}

TEST_F(Reproduce, NamesTheLineOfATable) {
  std::string table = read_file(folder_.path() / "tables/sums.csv");
  table.replace(table.find("120"), 3, "121");
  write_file(folder_.path() / "tables/sums.csv", table);
  fs::remove(folder_.path() / "claims.json");
  EXPECT_THAT(differences(),
              ElementsAre("tables/sums.csv: line 4 differs", "claims.json: it is missing"));
}

TEST_F(Reproduce, NeedsAllTasks) {
  fs::remove(task_file());
  EXPECT_THROW(differences(), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::reproduce_test
