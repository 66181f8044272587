#include "wideband/experiment/kernel_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/messages.hpp"
#include "support/temporary_folder.hpp"
#include "wideband/core/file.hpp"
#include "wideband/data/npy.hpp"
#include "wideband/experiment/hdf5_store.hpp"

namespace wideband::kernel_file_test {
namespace {

using ::testing::HasSubstr;

const Matrix K{{1, .5}, {.5, 1}};
const Matrix Theta{{2, .25}, {.25, 2}};
const float singles[] = {1, 2, 2, 1};

TEST(KernelFile, ALawReadsItsKernels) {
  const auto both = [](Law law, bool covariance) {
    const WantedKernels wanted = wanted_kernels(law, covariance);
    return std::pair(wanted.nngp, wanted.ntk);
  };
  EXPECT_EQ(both(Law::nngp, true), std::pair(true, false));
  EXPECT_EQ(both(Law::ntk, false), std::pair(false, true));
  EXPECT_EQ(both(Law::ntk, true), std::pair(true, true));
  EXPECT_EQ(both(Law::ntk_gp, true), std::pair(false, true));
}

TEST(KernelFile, ReadsWhatIsWantedOfAKernelFile) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "k.h5").string();
  Hdf5Output output;
  output.arrays = {{"nngp", {{2, 2}, K.data()}},
                   {"ntk", {{2, 2}, Theta.data()}},
                   {"ntk_diagonal_x", {{2}, Theta.data()}}};
  output.attributes = {{"error_estimate", 1e-9}, {"architecture", std::string("ntk: dense")}};
  write_hdf5(path, output);
  const KernelFile file = read_kernel_file(path, {false, true});
  EXPECT_EQ(file.ntk, Theta);
  EXPECT_EQ(file.nngp.size(), 0);
  EXPECT_EQ(file.error_estimate, 1e-9);
  EXPECT_EQ(file.architecture, "ntk: dense");
  EXPECT_FALSE(file.scale.has_value());
  EXPECT_EQ(file.ntk_diagonal_x, (std::vector<double>{2, .25}));
  EXPECT_EQ(read_kernel_file(path + ":nngp", {false, true}).ntk, K) << "a dataset that is named";
}

TEST(KernelFile, TheErrorIsNeverBelowTheRoundingOfTheType) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "k.h5").string();
  Hdf5Output output;
  output.arrays = {{"ntk", {{2, 2}, singles}}};
  output.attributes = {{"error_estimate", 1e-9}};
  write_hdf5(path, output);
  EXPECT_EQ(read_kernel_file(path, {false, true}).error_estimate, 5.9604644775390625e-8);
}

TEST(KernelFile, OneMatrixIsTheLawsOwnWithTheEstimateBesideIt) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "k_ntk.npy").string();
  write_file(path, npy_bytes(Theta));
  EXPECT_EQ(read_kernel_file(path, {true, false}).nngp, Theta);
  EXPECT_EQ(read_kernel_file(path, {true, false}).error_estimate, 1.1102230246251565e-16);
  write_file(folder.path() / "k.json",
             "{\"error_estimate\": 1e-7, \"architecture\": \"ntk: relu\"}");
  EXPECT_EQ(read_kernel_file(path, {true, false}).error_estimate, 1e-7);
  EXPECT_EQ(read_kernel_file(path, {true, false}).architecture, "ntk: relu");
  write_file(folder.path() / "k.json", "no JSON {");
  EXPECT_EQ(read_kernel_file(path, {true, false}).error_estimate, 1.1102230246251565e-16);
}

TEST(KernelFile, SaysWhatIsMissing) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "k.h5").string();
  Hdf5Output output;
  output.arrays = {{"nngp", {{2, 2}, K.data()}}};
  write_hdf5(path, output);
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] {
                read_kernel_file(path, {false, true});
              }),
              HasSubstr("it has no dataset \"ntk\"; `wideband kernel --kinds ntk` writes one"));
  write_file(folder.path() / "k.npy", npy_bytes(K));
  EXPECT_THAT(test::message_of<std::invalid_argument>([&] {
                read_kernel_file((folder.path() / "k.npy").string(), {true, true});
              }),
              HasSubstr("needs both kernels"));
}

}  // namespace
}  // namespace wideband::kernel_file_test
