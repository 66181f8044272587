// The statements of the thesis in plain sentences, each judged by a claim of one circle experiment.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

/// The outcome of one of the experiments that the digest is made of.
struct PartOutcome {
  std::string experiment;
  Outcome outcome;
};

/// Claims of the parts under the sentences that they judge, in the order of the thesis; of
/// circle-evolution all open questions.
std::vector<Claim> spectral_bias_claims(const std::vector<PartOutcome>& parts);

/// The ids ("circle-width/slope-fro") of the claims that have a sentence.
std::vector<std::string> spectral_bias_statements();

}  // namespace wideband
