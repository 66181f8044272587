#include "wideband/kernel/kernel.hpp"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/compare.hpp"
#include "support/kernel_points.hpp"
#include "support/messages.hpp"
#include "wideband/core/error.hpp"

namespace wideband::kernel_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const Architecture shallow = parse_architecture("dense | relu | dense");

TEST(Kernel, RefusesBadInputNamingRowAndColumn) {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), infinity}) {
    Matrix X = Matrix::Ones(3, 2);
    X(2, 1) = bad;
    EXPECT_THAT(test::message_of<std::invalid_argument>([&] { kernel(X, shallow); }),
                HasSubstr("row 2, column 1"));
  }
  EXPECT_THROW(kernel(Matrix(0, 2), shallow), std::invalid_argument);
  EXPECT_THROW(kernel(Matrix::Ones(2, 2), Matrix::Ones(2, 3), shallow), std::invalid_argument);
  EXPECT_THROW(kernel(Matrix::Ones(2, 2), shallow, {.dual_tolerance = 0}), std::invalid_argument);
}

TEST(Kernel, RefusesWhatDoesNotFitAndSaysWhatWould) {
  const KernelOptions options{.memory_limit = 5000000, .threads = 1};
  const std::string message =
      test::message_of<UnavailableError>([&] { kernel(Matrix::Ones(600, 2), shallow, options); });
  EXPECT_THAT(message, AllOf(HasSubstr("f32"), HasSubstr("one kind"), HasSubstr("rows")));
}

TEST(Kernel, OverflowNamesTheLayer) {
  std::string text = "dense W=1e20";
  for (int l = 0; l < 6; ++l) text += " | relu | dense W=1e20";
  const std::string message = test::message_of<NumericalError>(
      [&] { kernel(Matrix::Ones(2, 2), parse_architecture(text)); });
  EXPECT_THAT(message, AllOf(HasSubstr("(dense)"), HasSubstr("reduce W")));
  EXPECT_THROW(kernel<float>(Matrix::Ones(2, 2), parse_architecture("dense W=1e19")),
               NumericalError);
}

TEST(Kernel, StatusesSayWhatHappened) {
  std::string text = "dense W=1e-20";
  for (int l = 0; l < 8; ++l) text += " | relu | dense W=1e-20";
  const KernelResult<> small = kernel(Matrix::Ones(2, 2), parse_architecture(text));
  EXPECT_EQ(small.status, Status::vanished);
  EXPECT_TRUE(small.nngp.allFinite() && small.ntk.allFinite());
  const Architecture sign = parse_architecture("dense | sign | dense");
  EXPECT_EQ(kernel(Matrix::Ones(2, 2), sign).status, Status::distributional_derivative);
  EXPECT_EQ(kernel(Matrix::Ones(2, 2), sign, {.kinds = Kinds::nngp}).status, Status::ok);
  EXPECT_EQ(kernel(Matrix::Ones(2, 2), shallow).status, Status::ok);
}

TEST(Kernel, KindsThatWereNotAskedForAreEmpty) {
  const Matrix X = test::gaussian_rows(5, 3, 1);
  const KernelResult<> both = kernel(X, shallow);
  const KernelResult<> one = kernel(X, shallow, {.kinds = Kinds::ntk});
  EXPECT_EQ(one.nngp.size(), 0);
  EXPECT_EQ(one.ntk, both.ntk);
  EXPECT_EQ(nngp(X, shallow), both.nngp);
  EXPECT_EQ(ntk(X, X, shallow).rows(), 5);
}

TEST(Kernel, CanBeStopped) {
  double total = 0;
  KernelOptions options;
  options.on_progress = [&](const Progress& progress) {
    total = progress.total;
    return false;
  };
  EXPECT_THROW(kernel(test::gaussian_rows(40, 3, 1), shallow, options), Stopped);
  EXPECT_EQ(total, 40 * 41 / 2);
}

// A row of zeros has rho = 0 with every other: K = 0, and Theta = 1/4 of what a bias of deviation
// 0 trains below the activation, plus what the one above it trains.
TEST(Kernel, RowsOfZerosFollowTheirRule) {
  Matrix X = test::gaussian_rows(4, 3, 2);
  X.row(1).setZero();
  const KernelResult<> relu = kernel(X, shallow);
  for (Index i = 0; i < 4; ++i) EXPECT_EQ(relu.nngp(1, i), 0);
  const KernelResult<> biased =
      kernel(X, parse_architecture("standard: dense 8 b=0 | relu | dense b=0"));
  for (Index i = 0; i < 4; ++i) EXPECT_TRUE(test::near(biased.ntk(1, i), 1.25, 1e-15));
}

}  // namespace
}  // namespace wideband::kernel_test
