#include "wideband/experiment/circle/spectrum_claims.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/spectrum_fixture.hpp"

namespace wideband::spectrum_claims_test {
namespace {

using test::small_spectrum;

TEST(SpectrumClaims, HoldForTheMeasuredResults) {
  const std::vector<Claim> claims = spectrum_claims(small_spectrum());
  EXPECT_EQ(claims.size(), 9U);
  std::set<std::string> ids;
  for (const Claim& claim : claims) {
    EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
  }
}

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(SpectrumResults&)> harm;
};

void on_grids(SpectrumResults& results, AngleKernel kernel, Index n,
              const std::function<void(GridSpectrum&)>& harm) {
  for (GridSpectrum& grid : results.grids) {
    if (grid.kernel == kernel && grid.n == n) harm(grid);
  }
}

std::vector<Broken> broken_results() {
  return {
      {"quadrature", "a kernel scaled by 1.1",
       [](SpectrumResults& r) { r.continuum[3].closed *= 1.1; }},
      {"sum-rule", "planes counted once",
       [](SpectrumResults& r) {
         ContinuumSpectrum& bias = r.continuum[3];
         bias.long_trace = (bias.long_trace + bias.closed(0)) / 2;
       }},
      {"sum-rule", "a tail of 1/(pi^2 K) with bias",
       [](SpectrumResults& r) { r.continuum[3].closed(0) += .5 * 2 / (9.87 * 40); }},
      {"alias-formula", "nine eps",
       [](SpectrumResults& r) { r.grids.back().alias_rounding = 9 * 2.3e-16; }},
      {"fft", "an unnormalized transform",
       [](SpectrumResults& r) { r.grids.front().fft_error = 1e-3; }},
      {"excess", "twice the excess",
       [](SpectrumResults& r) {
         on_grids(r, AngleKernel::bias, 1024,
                  [](GridSpectrum& g) { g.low.alias.array() += 1 / (3.0 * 1024 * 1024); });
       }},
      {"nobias-odd", "sine for cosine on an even grid",
       [](SpectrumResults& r) {
         on_grids(r, AngleKernel::nobias, 64, [](GridSpectrum& g) { g.low.fft(5) = 1e-3; });
       }},
      {"nobias-odd", "1/n^2 on an odd grid",
       [](SpectrumResults& r) {
         on_grids(r, AngleKernel::nobias, 1001, [](GridSpectrum& g) { g.low.fft *= 4; });
       }},
      {"decay", "two eigenvalues exchanged",
       [](SpectrumResults& r) { std::swap(r.continuum[3].closed(4), r.continuum[3].closed(5)); }},
      {"decay", "decay like 1/k",
       [](SpectrumResults& r) {
         for (Index k = 2; k < r.continuum[3].closed.size(); ++k)
           r.continuum[3].closed(k) *= static_cast<double>(k) / 50;
       }},
      {"positivity", "a negative eigenvalue of float32 size",
       [](SpectrumResults& r) { r.grids.front().smallest = -1e-9; }},
      {"stock", "the kernel without its factor 1/2",
       [](SpectrumResults& r) { r.stock.values *= 2; }}};
}

TEST(SpectrumClaims, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_results()) {
    SpectrumResults results = small_spectrum();
    example.harm(results);
    const Claim claim = test::claim_named(spectrum_claims(results), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : spectrum_claims(small_spectrum()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

TEST(SpectrumClaims, AreLeftOutWithoutData) {
  SpectrumResults results = small_spectrum();
  std::erase_if(results.grids, [](const GridSpectrum& g) { return g.kernel != AngleKernel::K1; });
  for (const Claim& claim : spectrum_claims(results)) EXPECT_NE(claim.id, "nobias-odd");
}

}  // namespace
}  // namespace wideband::spectrum_claims_test
