// Numerical self-tests: can the results of this installation be trusted on this processor?
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/installation.hpp"

namespace wideband {

/// One question put to the installation, and its answer.
struct Check {
  std::string name;    // "matrix products"
  bool passed;         // false also where a number is NaN
  std::string detail;  // largest error over the error allowed, or the message of an exception
};

/// Every self-test; under half a second. They compare
///
///   matrix and Gram products, eigenvectors     plain loops, at sizes that leave remainders
///   Philox                                     the known answers of its authors
///   Fourier transforms                         the sum, and there and back
///   sorted-angle products, grid operator       dense matrices
///   arc network, tangent operator              dense plain twins
///
/// A test that throws has not passed; nothing is printed.
std::vector<Check> self_tests();

/// The first lines of self_tests alone, those of BLAS and LAPACK; a few milliseconds.
std::vector<Check> blas_tests();

/// Throws UnavailableError unless all `checks` have passed: builds of OpenBLAS exist that compute
/// wrong numbers on processors newer than they are. The message names the remedy.
void require_sound_blas(const std::vector<Check>& checks = blas_tests());

}  // namespace wideband
