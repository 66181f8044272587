// Counter-based randomness: a key names a stream, element i of a stream is a pure function of (key,
// i).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "wideband/core/types.hpp"

namespace wideband {

/// Names a stream of random numbers. Children by name and by index are streams independent of their
/// parent and of one another, so a draw never depends on which other draws were made before it.
///
///   Key(seed).child("weights").child(layer)
///
/// throws   std::invalid_argument for a negative index
/// source   Salmon et al. 2011 (Philox4x64-10); children are Philox blocks of the parent, too
class Key {
 public:
  explicit Key(std::uint64_t seed) : high_(0), low_(seed) {}
  Key child(std::string_view name) const;
  Key child(Index index) const;
  std::uint64_t high() const { return high_; }
  std::uint64_t low() const { return low_; }
  bool operator==(const Key&) const = default;

 private:
  Key(std::uint64_t high, std::uint64_t low) : high_(high), low_(low) {}
  std::uint64_t high_;
  std::uint64_t low_;
};

/// Element i of the stream of uniform numbers in [0, 1), multiples of 2^-53. Throws
/// std::invalid_argument for i < 0, as the functions below.
double uniform(const Key& key, Index i);

/// Element i of the stream of standard normal numbers, independent of the uniform stream.
///
///   g_{2j} = rho cos(2 pi v), g_{2j+1} = rho sin(2 pi v), rho = sqrt(-2 log u)               (1)
///
/// accuracy 1e-14 absolute against (1); the same bits on every processor, since logarithm, sine and
///          cosine are sums of products here and not those of the C library
/// source   Box & Muller 1958; |g| <= 8.6 since u >= 2^-53
double gaussian(const Key& key, Index i);

/// Elements first, ..., first + count - 1; equal to the single calls bit for bit, and faster.
Vector uniforms(const Key& key, Index count, Index first = 0);
Vector gaussians(const Key& key, Index count, Index first = 0);

/// One block of Philox4x64-10: 256 bits of counter under 128 bits of key.
std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key);

}  // namespace wideband
