// The claims of a finished run, read back from its claims.json.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/claim.hpp"

namespace wideband {

/// The claims whose claims_json `text` is; judging them again gives the stored verdicts. Throws
/// std::invalid_argument for any other text.
std::vector<Claim> claims_from_json(const std::string& text);

}  // namespace wideband
