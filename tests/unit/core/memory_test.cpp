#include "wideband/core/memory.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace wideband::memory_test {
namespace {

TEST(FreeMemory, IsPlausible) {
  EXPECT_GT(free_memory(), std::size_t{1} << 24);
  EXPECT_LT(free_memory(), std::size_t{1} << 50);
}

TEST(PeakMemory, GrowsByWhatIsTouched) {
  const std::size_t before = peak_memory();
  const std::vector<char> touched(before + (std::size_t{64} << 20), 'a');
  EXPECT_GT(touched.back(), 0);
  EXPECT_GE(peak_memory(), touched.size());
}

TEST(AdviseHugePages, ChangesNoByte) {
  std::vector<char> small(100, 'a'), large(std::size_t{16} << 20, 'b');
  advise_huge_pages(small.data(), small.size());
  advise_huge_pages(large.data(), large.size());
  EXPECT_EQ(small, std::vector<char>(100, 'a'));
  EXPECT_EQ(large, std::vector<char>(std::size_t{16} << 20, 'b'));
}

TEST(BytesText, HasThreeDigits) {
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(999), "999 B");
  EXPECT_EQ(bytes_text(1536), "1.5 KiB");
  EXPECT_EQ(bytes_text(std::size_t{57600000000}), "53.6 GiB");
}

}  // namespace
}  // namespace wideband::memory_test
