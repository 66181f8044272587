#include "wideband/data/input_stream.hpp"

#include <sys/stat.h>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"

namespace wideband::input_stream_test {
namespace {

using ::testing::HasSubstr;

std::string all_of(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST(InputStream, ReadsFilesAndPipes) {
  const test::TemporaryFolder folder;
  write_file(folder.path() / "x", "bytes");
  EXPECT_EQ(all_of(*input_stream(folder.path() / "x")), "bytes");
  const std::string pipe = (folder.path() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] {
    std::FILE* file = std::fopen(pipe.c_str(), "w");
    std::fputs("through a pipe", file);
    std::fclose(file);
  });
  const auto stream = input_stream(pipe);
  writer.join();
  stream->seekg(0, std::ios::end);
  EXPECT_EQ(stream->tellg(), 14) << "seekable";
}

TEST(InputStream, NamesThePathAndTheReason) {
  const test::TemporaryFolder folder;
  EXPECT_THAT(test::message_of<UnavailableError>([&] { input_stream(folder.path() / "none"); }),
              HasSubstr("none: No such file or directory"));
  EXPECT_THAT(test::message_of<UnavailableError>([&] { input_stream(folder.path()); }),
              HasSubstr("Is a directory"));
}

}  // namespace
}  // namespace wideband::input_stream_test
