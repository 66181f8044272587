// The two numbers that nearly every numerical test needs, for `using test::pi`.
#pragma once

#include "wideband/core/constants.hpp"

namespace wideband::test {

using wideband::eps;
using wideband::pi;

}  // namespace wideband::test
