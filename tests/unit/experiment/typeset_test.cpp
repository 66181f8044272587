#include "wideband/experiment/typeset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wideband::typeset_test {
namespace {

TEST(Typeset, GreekAndScripts) {
  EXPECT_EQ(typeset_html("lambda_k ~ 1/(pi^2 k^2)"),
            "λ<sub>k</sub> ~ 1/(π<sup>2</sup> k<sup>2</sup>)");
  EXPECT_EQ(typeset_html("lambda_max(A_t)"), "λ<sub>max</sub>(A<sub>t</sub>)");
  EXPECT_EQ(typeset_html("m^(-1/2), 10^-3, n^{k+1}"),
            "m<sup>−1/2</sup>, 10<sup>−3</sup>, n<sup>k+1</sup>");
  EXPECT_EQ(typeset_html("Lambda^(n)_pq"), "Λ<sup>(n)</sup><sub>pq</sub>");
  EXPECT_EQ(typeset_html("(1 - eta lambda_k)^s"), "(1 - η λ<sub>k</sub>)<sup>s</sup>");
  EXPECT_EQ(typeset_html("2 sqrt2, sqrt(log n/n)"), "2 √2, √(log n/n)");
  EXPECT_EQ(typeset_html("|P^_k - P_k|_Fro"),
            "|P\u0302<sub>k</sub> - P<sub>k</sub>|<sub>Fro</sub>");
  EXPECT_EQ(typeset_html("loss_0/n"), "loss<sub>0</sub>/n");
}

TEST(Typeset, SymbolsAndEscapes) {
  EXPECT_EQ(typeset_html("a <= b & c < -2 +- 1 -> 0"), "a ≤ b &amp; c &lt; −2 ± 1 → 0");
  EXPECT_EQ(typeset_html("𝔼|S_q|^2 = \"1/n\""), "𝔼|S<sub>q</sub>|<sup>2</sup> = &quot;1/n&quot;");
}

TEST(Typeset, NamesOfKeysAndColumnsStay) {
  EXPECT_EQ(typeset_html("frozen_published uses published_eta_scale"),
            "frozen_published uses published_eta_scale");
  EXPECT_EQ(typeset_html("spectrum_float32.csv"), "spectrum_float32.csv");
  EXPECT_EQ(typeset_html("_ ^ a_ x^ b^("), "_ ^ a_ x^ b^(");
}

}  // namespace
}  // namespace wideband::typeset_test
