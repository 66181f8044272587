#include "wideband/experiment/circle/spectral_bias_claims.hpp"

#include <array>
#include <string>

namespace wideband {
namespace {

// A sentence of the thesis, and the claim that judges it.
struct Statement {
  const char* experiment;
  const char* claim;
  const char* sentence;
};

constexpr std::array statements = {
    Statement{"circle-dynamics", "decay-sample",
              "Fourier modes diagonalize the operator of the uniform circle: under gradient steps "
              "every plane decays by its own factor (1 - eta lambda_k)^s and leaves the others "
              "alone."},
    Statement{"circle-dynamics", "low-first",
              "Low frequencies are learned first: the steps to one percent increase with k."},
    Statement{"circle-dynamics", "nobias-odd-constant",
              "Without bias odd frequencies k >= 3 are never learned."},
    Statement{"circle-spectrum", "decay",
              "With bias everything is learned: every eigenvalue is positive, and they decrease "
              "with k like k^(-2)."},
    Statement{"circle-sampling", "mean-gram",
              "On random samples the Fourier basis is orthonormal on average: G has mean I."},
    Statement{"circle-sampling", "mean-compressed",
              "On random samples the operator is diagonal on average: H has mean Lambda^(n)."},
    Statement{"circle-preconditioning", "geometric",
              "Block preconditioning equalizes the rates of the modes in the block."},
    Statement{"circle-sampling", "slopes", "G and H deviate from their means by O(n^(-1/2))."},
    Statement{"circle-sampling", "action-slope",
              "The largest entry of the action error E falls at least like sqrt(log n/n), in fact "
              "like n^(-1/2)."},
    Statement{"circle-sampling", "envelopes",
              "The proven bounds for random samples hold, and are conservative."},
    Statement{"circle-width", "slope-fro",
              "At finite width the frozen operator deviates from its limit by O(m^(-1/2))."},
    Statement{"circle-width", "envelope-sharper",
              "The proven bound for finite width holds, and is conservative."},
    Statement{"circle-alignment", "distance",
              "Frozen eigenspaces turn toward the Fourier planes as m grows, by the amount that "
              "first-order perturbation theory gives."},
    Statement{"circle-alignment", "order",
              "They do so in the order of that theory, which is neither that of k nor that of the "
              "gaps."},
};

// A config too small for a claim (one size has no slope) leaves it out.
const Claim* claim_of(const std::vector<PartOutcome>& parts, const Statement& statement) {
  for (const PartOutcome& part : parts) {
    if (part.experiment != statement.experiment) continue;
    for (const Claim& claim : part.outcome.claims) {
      if (claim.id == statement.claim) return &claim;
    }
  }
  return nullptr;
}

Claim with_id(Claim claim, const std::string& experiment) {
  claim.id = experiment + "/" + claim.id;
  return claim;
}

}  // namespace

std::vector<Claim> spectral_bias_claims(const std::vector<PartOutcome>& parts) {
  std::vector<Claim> claims;
  for (const Statement& statement : statements) {
    const Claim* claim = claim_of(parts, statement);
    if (claim == nullptr) continue;
    claims.push_back(with_id(*claim, statement.experiment));
    claims.back().statement = statement.sentence;
  }
  for (const PartOutcome& part : parts) {
    if (part.experiment != "circle-evolution") continue;
    for (const Claim& claim : part.outcome.claims) {
      if (claim.kind == ClaimKind::open) claims.push_back(with_id(claim, part.experiment));
    }
  }
  return claims;
}

std::vector<std::string> spectral_bias_statements() {
  std::vector<std::string> ids;
  for (const Statement& statement : statements) {
    ids.push_back(std::string(statement.experiment) + "/" + statement.claim);
  }
  return ids;
}

}  // namespace wideband
