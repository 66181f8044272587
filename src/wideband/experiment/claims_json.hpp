// Judged claims as JSON, for whoever reads the outcome by program.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/claim.hpp"

namespace wideband {

/// claims.json: a list with, for each claim, id, kind, verdict, statement, source, finding, the
/// resolution and the comparisons with everything that the verdict followed from. Numbers have 17
/// digits; those that JSON lacks are the strings "inf", "-inf" and "nan".
std::string claims_json(const std::vector<Claim>& claims);

}  // namespace wideband
