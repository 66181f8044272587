#include "wideband/experiment/hdf5_file.hpp"

#include <cmath>
#include <stdexcept>

#include <gtest/gtest.h>

namespace wideband::hdf5_file_test {
namespace {

Record some_record() {
  Record record;
  record.put("scalar", -0.0);
  record.put("strange", Array{{4}, {INFINITY, -INFINITY, NAN, 5e-324}});
  record.put("cube", Array{{2, 1, 3}, {1, 2, 3, 4, 5, 6}});
  record.put("empty", Array{{0, 3}, {}});
  return record;
}

TEST(Hdf5File, RoundTripsRecordAndAttributesToTheBit) {
  const Attributes attributes{{"task", "n = 3; π"}, {"none", ""}};
  const Hdf5Contents back = hdf5_contents(hdf5_image(some_record(), attributes));
  EXPECT_EQ(back.attributes, attributes);
  ASSERT_EQ(back.record.arrays().size(), 4u);
  const Record original = some_record();
  for (const auto& [name, array] : original.arrays()) {
    const Array& read = back.record.array(name);
    EXPECT_EQ(read.shape, array.shape) << name;
    ASSERT_EQ(read.values.size(), array.values.size()) << name;
    for (std::size_t i = 0; i < array.values.size(); ++i) {
      EXPECT_EQ(std::isnan(read.values[i]), std::isnan(array.values[i]));
      EXPECT_EQ(std::signbit(read.values[i]), std::signbit(array.values[i]));
      if (!std::isnan(array.values[i])) {
        EXPECT_EQ(read.values[i], array.values[i]);
      }
    }
  }
}

TEST(Hdf5File, EqualRecordsGiveEqualBytes) {
  EXPECT_EQ(hdf5_image(some_record(), {{"a", "b"}}), hdf5_image(some_record(), {{"a", "b"}}));
}

TEST(Hdf5File, RefusesWhatIsNoFile) {
  EXPECT_THROW(hdf5_contents(""), std::invalid_argument);
  EXPECT_THROW(hdf5_contents(std::string(2000, 'x')), std::invalid_argument);
  const std::string image = hdf5_image(some_record(), {});
  EXPECT_THROW(hdf5_contents(image.substr(0, 700)), std::invalid_argument);
}

}  // namespace
}  // namespace wideband::hdf5_file_test
