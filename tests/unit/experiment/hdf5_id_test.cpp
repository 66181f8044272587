#include "wideband/experiment/hdf5_id.hpp"

#include <stdexcept>
#include <utility>

#include <gtest/gtest.h>

#include "support/messages.hpp"

namespace wideband::hdf5_id_test {
namespace {

int closed = 0;

int count_close(std::int64_t) {
  ++closed;
  return 0;
}

TEST(Hdf5Id, ClosesOnceAndSurvivesAMove) {
  closed = 0;
  {
    Hdf5Id first(7, count_close, "made");
    const Hdf5Id second(std::move(first));
    EXPECT_EQ(static_cast<std::int64_t>(second), 7);
    EXPECT_EQ(closed, 0);
  }
  EXPECT_EQ(closed, 1);
}

TEST(Hdf5Id, AFailedCallIsNamed) {
  EXPECT_EQ(test::message_of<std::invalid_argument>([] { hdf5_checked(-1, "H5Dread"); }),
            "[hdf5] H5Dread failed");
  EXPECT_EQ(hdf5_checked(3, "H5Dread"), 3);
  EXPECT_THROW(Hdf5Id(-1, count_close, "H5Fopen"), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::hdf5_id_test
