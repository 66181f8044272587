// Statements that an experiment judges: measured beside predicted, with an error bar and a verdict.
#pragma once

#include <cstddef>
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
  std::string label = {};  // "n = 64, bias", shown in the report
  double measured = 0;
  double predicted = 0;
  Relation relation = Relation::equal;
  /// Statistical: standard error of measured - predicted over `repetitions` (Student's t with
  /// repetitions - 1 degrees of freedom). An identity leaves both at 0 and gives `rounding`
  /// instead.
  double standard_error = 0;
  Index repetitions = 0;
  double rounding = 0;     // absolute rounding bound of an identity, derived by its author
  double model_error = 0;  // absolute error that the theory itself admits
};

/// A statement with its comparisons. The verdict follows from them alone. With
///
///   e = |measured - predicted|, or its excess over the bound for at_most and at_least
///   q = z standard_error, or rounding for an identity; z from a family-wise error of 1e-3 over
///       all comparisons of the claim (Bonferroni, Student's t)
///
/// a comparison fails if e > max(q, model_error), holds if it does not and q <= resolution (a
/// bound also if the measurement keeps q away from it), else it is inconclusive. The claim fails
/// if any fails, holds if all hold, else it is inconclusive. NaN anywhere fails.
///
/// The resolution of a comparison is max(resolution |predicted|, absolute_resolution); an identity
/// with prediction 0 and no absolute resolution has none, its rounding bound is the statement.
struct Claim {
  std::string id = {};  // "grid-alias", unique in its experiment
  ClaimKind kind = ClaimKind::law;
  std::string statement = {};  // a plain sentence that is true if the claim holds
  std::string source = {};     // where the prediction comes from
  std::vector<Comparison> comparisons = {};
  double resolution = 0.05;  // largest q, as a share of |predicted|, at which "holds" has meaning
  /// Absolute resolution for predictions of 0 (0: then the relative one alone decides).
  double absolute_resolution = 0;
  std::string finding = {};  // one sentence with the numbers that matter, for readers; may be empty
};

struct Judgement {
  Verdict verdict = Verdict::inconclusive;
  std::vector<Verdict> comparisons;
  std::size_t worst = 0;  // decides: first failing, else most e / max(q, model_error) of its kind
  double critical_value = 0;  // z for the largest number of repetitions; 0 without statistics
};

/// Applies the rule above. Throws std::invalid_argument naming the claim if there is no comparison,
/// one without repetitions, rounding and model error, or one with a single repetition.
Judgement judge(const Claim& claim);

/// z of the rule for a comparison of that many repetitions; 0 for an identity (0 repetitions).
double critical_value(Index repetitions, std::size_t comparisons_in_claim);

/// z standard_error or rounding: the error that `comparison` allows besides that of the model.
double allowance(const Comparison& comparison, std::size_t comparisons_in_claim);

std::string to_string(Verdict verdict);
std::string to_string(ClaimKind kind);

}  // namespace wideband
