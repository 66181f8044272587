#include "wideband/experiment/kernel/gallery_claims.hpp"

#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "support/experiment.hpp"
#include "support/gallery_fixture.hpp"

namespace wideband::gallery_claims_test {
namespace {

using test::net_in;
using test::small_gallery;

TEST(GalleryClaims, LawsAndTheoryHold) {
  std::set<std::string> ids;
  for (const Claim& claim : gallery_claims(small_gallery())) {
    EXPECT_TRUE(ids.insert(claim.id).second) << claim.id;
    if (claim.kind == ClaimKind::open) continue;
    EXPECT_TRUE(test::has_verdict(claim, Verdict::holds));
  }
  EXPECT_EQ(ids.size(), 10U);
}

struct Broken {
  std::string claim;
  std::string how;
  std::function<void(GalleryResults&)> harm;
};

SphereSpectrum& spectrum_in(GalleryResults& results, const std::string& activation, Index depth,
                            double b, std::size_t domain) {
  return net_in(results, activation, depth, b).spectra.at(domain);
}

std::vector<Broken> broken_results() {
  return {
      {"closed-form", "a kernel scaled by 1.1",
       [](GalleryResults& r) { spectrum_in(r, "relu", 1, 0, 1).ntk.value *= 1.1; }},
      {"circle-spectrum", "inputs without the factor 1/d",
       [](GalleryResults& r) { spectrum_in(r, "relu", 1, 0, 0).nngp.value *= 2; }},
      {"circle-profile", "sine for cosine",
       [](GalleryResults& r) {
         GalleryNet& net = net_in(r, "relu", 1, 0);
         net.ntk += (net.theta.array().sin() - net.theta.array().cos()).matrix();
       }},
      {"circle-profile", "a bias of the wrong variance",
       [](GalleryResults& r) { net_in(r, "relu", 1, 0.5).b = 0.25; }},
      {"parity", "an odd eigenvalue",
       [](GalleryResults& r) { spectrum_in(r, "relu", 1, 0, 2).ntk.value(5) = 1e-9; }},
      {"positivity", "a negative eigenvalue",
       [](GalleryResults& r) { spectrum_in(r, "erf", 3, 0.5, 1).nngp.value(9) = -1e-9; }},
      {"trace", "a factor of two in the measure",
       [](GalleryResults& r) { spectrum_in(r, "erf", 1, 0, 1).nngp.value *= 2; }},
      {"trace", "one percent of the tangent kernel on S^9",
       [](GalleryResults& r) { net_in(r, "relu", 3, 0.5).ntk_diagonal *= 1.01; }},
      {"decay", "the exponent of the covariance for that of the tangent kernel",
       [](GalleryResults& r) {
         SphereSpectrum& spectrum = spectrum_in(r, "relu", 3, 0.5, 0);
         spectrum.ntk = spectrum.nngp;
       }},
      {"depth", "networks exchanged",
       [](GalleryResults& r) {
         std::swap(net_in(r, "relu", 1, 0.5).depth, net_in(r, "relu", 3, 0.5).depth);
       }},
      {"bias", "networks exchanged",
       [](GalleryResults& r) {
         for (GalleryNet& net : r.nets) net.b = 0.5 - net.b;
       }},
      {"activation", "names exchanged",
       [](GalleryResults& r) {
         for (GalleryNet& net : r.nets) net.activation = net.activation == "erf" ? "relu" : "erf";
       }},
  };
}

TEST(GalleryClaims, EachFailsOnDataThatBreakIt) {
  std::set<std::string> broken;
  for (const Broken& example : broken_results()) {
    GalleryResults results = small_gallery();
    example.harm(results);
    const Claim claim = test::claim_named(gallery_claims(results), example.claim);
    EXPECT_TRUE(test::has_verdict(claim, Verdict::fails)) << example.how;
    broken.insert(example.claim);
  }
  for (const Claim& claim : gallery_claims(small_gallery()))
    EXPECT_TRUE(broken.count(claim.id)) << "nothing breaks " << claim.id;
}

}  // namespace
}  // namespace wideband::gallery_claims_test
