#include "wideband/model/fields.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace wideband::fields_test {
namespace {

TEST(FieldValues, AreEveryLayersOrOnes) {
  Architecture net = parse_architecture(
      "dense W=2 b=0.1 | leaky_relu 0.3 | residual(dense W=3 | erf | dense b=0.2) | dense W=4");
  EXPECT_EQ(field_values(net, "W").size(), 4U);
  EXPECT_EQ(field_values(net, "b").size(), 3U);  // erf has a b, too
  EXPECT_EQ(*field_values(net, "2.1.0.W").front(), 3);
  EXPECT_EQ(*field_values(net, "alpha").front(), 0.3);
  *field_values(net, "3.W").front() = 5;
  EXPECT_EQ(std::get<Dense>(net.layers[3].kind).weight_std, 5);
}

TEST(FieldValues, RefuseWhatNoLayerHas) {
  const Architecture net = parse_architecture("dense 4 | polynomial 1,2 | dense | monomial 2");
  for (const char* field : {"b", "width", "c", "n", "0.b", "7.W", "x"}) {
    EXPECT_THROW(field_values(net, field), std::invalid_argument) << field;
  }
}

}  // namespace
}  // namespace wideband::fields_test
