// Tail bounds on the errors of finite samples and finite widths, solved for the error they allow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wideband/circle/angle_kernel.hpp"
#include "wideband/core/types.hpp"

namespace wideband {

/// The error that a bound is about: max|G - I|, max|H - Lambda^(n)|, max|E|.
enum class SampleError { gram, compressed, action };

/// Where a bound comes from: the first published one (for the features 1, cos, sin), the published
/// one for the orthonormal basis with its factors sqrt2, the published refinement, and ours.
enum class EnvelopeKind { first_published, sqrt2, refined, sharper };

/// "gram", ... and "first_published", ...
std::string to_string(SampleError error);
std::string to_string(EnvelopeKind kind);
const std::vector<EnvelopeKind>& envelope_kinds();

struct EnvelopeOptions {
  AngleKernel kernel = AngleKernel::bias;  // kappa = Theta(0)
  Index cutoff = 10;                       // d = 2 cutoff + 1
  double failure = 0.05;                   // probability that the bound may be exceeded
};

/// P(error >= e) <= count exp(-size e^2/(u + v e)).
struct TailBound {
  double count;
  double u;
  double v;
};

/// The bound for n samples, none where there is none of that kind.
///
///             first published      sqrt2                refined                 sharper        (1)
/// gram        2d^2, 1/2            2d^2, 8              d(d+1), 4 + 4e/3        d(d+1), 2 + 4e/3
/// compressed  2d^2, 8 kappa^2      2d^2, 32 kappa^2     d(d+1), 32 kappa^2      -
/// action      2nd, 4 kappa^2       2nd, 8 kappa^2       2nd, 2 kappa^2 + 4 kappa e
///                                                       2nd, 4∫Theta^2 dmu + 2 kappa e (sharper)
///
/// throws   std::invalid_argument if n < 1, cutoff < 0, or failure is not in (0, 1)
/// source   Hoeffding, Bernstein and McDiarmid; docs/theory/circle.md, "Envelopes"
std::optional<TailBound> tail_bound(SampleError error, EnvelopeKind kind, Index n,
                                    const EnvelopeOptions& options);

/// Whether the bound of (1) is proven for the orthonormal basis. The first published ones for G and
/// H are not: they need features of size 1.
bool proven(SampleError error, EnvelopeKind kind);

/// The error e at which the bound equals `failure`: e = (v Y + sqrt(v^2 Y^2 + 4 n u Y))/2n with Y =
/// ln(count/failure)                                                                           (2)
double bounded_error(const TailBound& bound, Index size, double failure);

/// (2) for the bound of (1).
std::optional<double> envelope(SampleError error, EnvelopeKind kind, Index n,
                               const EnvelopeOptions& options);

/// The smallest envelope that is proven.
double sharpest_envelope(SampleError error, Index n, const EnvelopeOptions& options);

/// The least n whose envelope, and that of every larger n, is at most e > 0.
std::optional<Index> required_samples(SampleError error, EnvelopeKind kind, double e,
                                      const EnvelopeOptions& options);

/// max|B_m - Lambda_K| of m frozen neurons, published form: 2d^2 exp(-c m min(e^2/L^2, e/L)), L =
/// 32; e = L max(y, sqrt y), y = ln(2d^2/failure)/(c m). Provable for c <= 1/6. (3)
double width_envelope(Index m, double c, const EnvelopeOptions& options);
inline constexpr double provable_width_constant = 1.0 / 6;

/// The same by d(d+1) exp(-m e^2/(164 + 12.8 e)): our moment bound, L = 6.4. (4)
double sharper_width_envelope(Index m, const EnvelopeOptions& options);

/// The least m whose envelope (3) or (4) is at most e > 0.
Index required_width(double e, double c, const EnvelopeOptions& options);
Index sharper_required_width(double e, const EnvelopeOptions& options);

}  // namespace wideband
