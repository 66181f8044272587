// Statements that an experiment judges: measured beside predicted, with an error bar and a verdict.
#pragma once

#include <string>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

enum class ClaimKind {
  law,     // an identity; holds to rounding or, if statistical, within its sampling error
  theory,  // a formula or bound predicts the measurement
  open     // no theory decides; the measurement does, and either verdict is a result
};

enum class Verdict { holds, fails, inconclusive };

/// How the measured value should lie to the predicted one.
enum class Relation { equal, at_most, at_least };

/// One measured number beside one predicted number.
struct Comparison {
  std::string label;  // "n = 64, bias", shown in the report
  double measured = 0;
  double predicted = 0;
  Relation relation = Relation::equal;
  /// Statistical: standard error of measured - predicted over `repetitions` (Student's t with
  /// repetitions - 1 degrees of freedom). An identity leaves both at 0 and gives `rounding`
  /// instead.
  double standard_error = 0;
  Index repetitions = 0;
  double rounding =
      0;  // absolute bound on the rounding error of an identity, derived by its author
  double model_error = 0;  // absolute error that the theory itself admits
};

/// A statement with its comparisons. The verdict follows from them alone:
///
///   e = |measured - predicted| (or its excess, for at_most and at_least), z from a family-wise
///   error of 1e-3 over all comparisons (Bonferroni, Student's t), q = z standard_error or, for
///   identities, rounding a comparison holds if  e <= max(q, model_error)  and  q <= resolution,
///   fails            if  e >  max(q, model_error),   else it is inconclusive;
///   the claim holds if all hold, fails if any fails, else it is inconclusive. NaN anywhere fails.
struct Claim {
  std::string id;  // "grid-alias", unique in its experiment
  ClaimKind kind = ClaimKind::law;
  std::string statement;  // a plain sentence that is true if the claim holds
  std::string source;     // where the prediction comes from
  std::vector<Comparison> comparisons;
  double resolution =
      0.05;  // largest q, as a share of |predicted|, at which "holds" means something
  /// Absolute resolution for predictions of 0 (0: then the relative one alone decides).
  double absolute_resolution = 0;
  std::string finding;  // one sentence with the numbers that matter, for readers; may be empty
};

struct Judgement {
  Verdict verdict = Verdict::inconclusive;
  std::vector<Verdict> comparisons;
  std::size_t worst =
      0;  // the comparison that decides: first failing, else the largest e / max(q, model)
  double critical_value = 0;  // z for the largest number of repetitions
};

/// Applies the rule above. Throws std::invalid_argument if there is no comparison, or one that has
/// neither repetitions nor rounding.
Judgement judge(const Claim& claim);

std::string to_string(Verdict verdict);
std::string to_string(ClaimKind kind);

}  // namespace wideband
