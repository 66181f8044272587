// Chains of fused multiply-adds that nothing but the arithmetic units can slow down.
#pragma once

namespace wideband::bench {

/// Runs `rounds` rounds of independent multiply-adds; returns their flop. `sink` keeps the compiler
/// from dropping them.
double multiply_add_rounds(long rounds, double& sink);

}  // namespace wideband::bench
