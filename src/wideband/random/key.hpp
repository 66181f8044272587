// Counter-based randomness: a key names a stream, element i of a stream is a pure function of (key,
// i).
#pragma once

#include <cstdint>
#include <string_view>

#include "wideband/core/types.hpp"

namespace wideband {

/// Names a stream of random numbers. Children by name and by index are streams independent of their
/// parent and of one another, so a draw never depends on which other draws were made before it.
///
///   Key(seed).child("weights").child(layer)
///
/// source   Salmon et al. 2011 (Philox4x64-10); children are Philox blocks of the parent, too
class Key {
 public:
  explicit Key(std::uint64_t seed);
  Key child(std::string_view name) const;
  Key child(Index index) const;
  std::uint64_t high() const { return high_; }
  std::uint64_t low() const { return low_; }

 private:
  Key(std::uint64_t high, std::uint64_t low) : high_(high), low_(low) {}
  std::uint64_t high_;
  std::uint64_t low_;
};

/// Element i of the stream of uniform numbers in [0, 1) with 53 bits.
double uniform(const Key& key, Index i);

/// Element i of the stream of standard normal numbers (Box-Muller on the pair i / 2).
double gaussian(const Key& key, Index i);

/// Elements first, ..., first + count - 1; equal to the single calls bit for bit, and faster.
Vector uniforms(const Key& key, Index count, Index first = 0);
Vector gaussians(const Key& key, Index count, Index first = 0);

}  // namespace wideband
