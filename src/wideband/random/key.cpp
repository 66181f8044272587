#include "wideband/random/key.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include <Random123/philox.h>
#include <fmt/format.h>

#include "wideband/core/error.hpp"

namespace wideband {
namespace {

using Block = std::array<std::uint64_t, 4>;

// The last counter word says what a block is for, so that no two uses ever share a block.
enum class Purpose : std::uint64_t { uniform = 1, gaussian, child_index, child_name };

Block block(const Key& key, std::uint64_t word0, std::uint64_t word1, Purpose purpose) {
  return philox({word0, word1, 0, static_cast<std::uint64_t>(purpose)}, {key.low(), key.high()});
}

void require_index(const char* function, Index i) {
  if (i < 0) require(false, fmt::format("[{}] expected an index >= 0, got {}", function, i));
}

// An integer below 2^53 as a double, exact, by two halves with exponents put in by hand: integer
// conversions do not vectorize on plain x86-64.
inline double exact_double(std::uint64_t integer) {
  const double high = std::bit_cast<double>((integer >> 32) | 0x4530000000000000u);
  const double low = std::bit_cast<double>((integer & 0xffffffffu) | 0x4330000000000000u);
  return (high - (0x1p84 + 0x1p52)) + low;
}

inline double unit_interval(std::uint64_t bits) {
  return exact_double(bits >> 11) * 0x1p-53;
}

// sum_k coefficients[k] y^k without a loop, because a loop over the numbers vectorizes only then.
template <std::size_t size, std::size_t... k>
inline double horner(double y, const std::array<double, size>& coefficients,
                     std::index_sequence<k...>) {
  double sum = 0;
  ((sum = sum * y + coefficients[size - 1 - k]), ...);
  return sum;
}

// artanh s = s sum_k s^(2k) / (2k + 1); sin x = x sum_k (-1)^k x^(2k) / (2k + 1)!, cos x without
// the x and with (2k)!. The first term left out is below 1e-18 of the sum.
constexpr std::array<double, 12> odd_reciprocals = [] {
  std::array<double, 12> terms{};
  for (std::size_t k = 0; k < terms.size(); ++k) terms[k] = 1.0 / static_cast<double>(2 * k + 1);
  return terms;
}();
constexpr std::array<double, 10> alternating_factorials(int first) {
  std::array<double, 10> terms{1};
  for (std::size_t k = 1; k < terms.size(); ++k) {
    const int even = 2 * static_cast<int>(k) + first;
    terms[k] = -terms[k - 1] / (even * (even - 1));
  }
  return terms;
}
constexpr std::array<double, 10> sine_series = alternating_factorials(1);
constexpr std::array<double, 10> cosine_series = alternating_factorials(0);

// sqrt(-2 log u), u in [2^-53, 1] of random bits: u = 2^e m, m in [1/sqrt2, sqrt2), log m = 2
// artanh s.
inline double radius(std::uint64_t bits) {
  const double u = (exact_double(bits >> 11) + 1) * 0x1p-53;
  constexpr std::uint64_t one = 0x3ff0000000000000u;
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdu;
  const std::uint64_t shifted = std::bit_cast<std::uint64_t>(u) + (one - root_half);
  const double e = exact_double(shifted >> 52) - 1023;
  const double m = std::bit_cast<double>((shifted & 0x000fffffffffffffu) + root_half);
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  const double series = horner(s2, odd_reciprocals, std::make_index_sequence<12>());
  return std::sqrt(-2 * (e * std::numbers::ln2 + 2 * s * series));
}

struct Rotation {
  double cosine;
  double sine;
};

// cos and sin of 2 pi v, v of random bits: Taylor series on the nearest quarter turn, |x| <= pi/4.
inline Rotation turn(std::uint64_t bits) {
  const double v = unit_interval(bits);
  constexpr double shift = 0x1.8p52;  // adding it rounds to the nearest integer
  const double rounded = 4 * v + shift;
  const std::uint64_t quarter = std::bit_cast<std::uint64_t>(rounded);
  const double x = (4 * v - (rounded - shift)) * (std::numbers::pi / 2);
  const double x2 = x * x;
  const auto sine =
      std::bit_cast<std::uint64_t>(x * horner(x2, sine_series, std::make_index_sequence<10>()));
  const auto cosine =
      std::bit_cast<std::uint64_t>(horner(x2, cosine_series, std::make_index_sequence<10>()));
  const std::uint64_t odd = ~((quarter & 1) - 1);  // all ones where the two change places
  const std::uint64_t swap = (sine ^ cosine) & odd;
  const std::uint64_t sign_c = ((quarter + 1) & 2) << 62;  // quarters 1 and 2
  const std::uint64_t sign_s = (quarter & 2) << 62;        // quarters 2 and 3
  return {std::bit_cast<double>(cosine ^ swap ^ sign_c),
          std::bit_cast<double>(sine ^ swap ^ sign_s)};
}

// Elements first, ..., first + count - 1 of a stream of `purpose`, in chunks of whole blocks;
// `convert` turns a chunk of random words into a chunk of numbers.
constexpr Index chunk_size = 256;

template <typename Convert>
Vector stream(const char* function, const Key& key, Index count, Index first, Purpose purpose,
              const Convert& convert) {
  require_index(function, first);
  require_index(function, count);
  Vector result(count);
  std::array<std::uint64_t, chunk_size> words{};
  std::array<double, chunk_size> numbers{};
  Index chunk = first / 4 * 4;
  while (chunk < first + count) {
    const Index size = std::min(chunk_size, (first + count - chunk + 3) / 4 * 4);
    for (Index i = 0; i < size; i += 4) {
      const Block random = block(key, static_cast<std::uint64_t>((chunk + i) / 4), 0, purpose);
      std::copy(random.begin(), random.end(), words.begin() + i);
    }
    convert(words.data(), numbers.data(), size);
    const Index begin = std::max(chunk, first);
    const Index end = std::min(chunk + size, first + count);
    std::copy(numbers.begin() + (begin - chunk), numbers.begin() + (end - chunk),
              result.data() + (begin - first));
    chunk += size;
  }
  return result;
}

}  // namespace

std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key) {
  const r123::Philox4x64::ctr_type c = {{counter[0], counter[1], counter[2], counter[3]}};
  const r123::Philox4x64::key_type k = {{key[0], key[1]}};
  const r123::Philox4x64::ctr_type random = r123::Philox4x64()(c, k);
  return {random[0], random[1], random[2], random[3]};
}

Key Key::child(Index index) const {
  require_index("child", index);
  const Block random = block(*this, static_cast<std::uint64_t>(index), 0, Purpose::child_index);
  return {random[1], random[0]};
}

// A chain of blocks, sixteen letters each; the length goes in first, so that no two names share a
// chain.
Key Key::child(std::string_view name) const {
  Block random = block(*this, name.size(), 0, Purpose::child_name);
  Key key(random[1], random[0]);
  for (std::size_t start = 0; start < name.size(); start += 16) {
    std::array<std::uint64_t, 2> letters{};
    for (std::size_t i = 0; i < std::min<std::size_t>(16, name.size() - start); ++i) {
      const auto letter = static_cast<unsigned char>(name[start + i]);
      letters[i / 8] |= std::uint64_t{letter} << (8 * (i % 8));
    }
    random = block(key, letters[0], letters[1], Purpose::child_name);
    key = Key(random[1], random[0]);
  }
  return key;
}

double uniform(const Key& key, Index i) {
  require_index("uniform", i);
  const Block random = block(key, static_cast<std::uint64_t>(i / 4), 0, Purpose::uniform);
  return unit_interval(random[static_cast<std::size_t>(i % 4)]);
}

double gaussian(const Key& key, Index i) {
  require_index("gaussian", i);
  const Block random = block(key, static_cast<std::uint64_t>(i / 4), 0, Purpose::gaussian);
  const std::size_t pair = static_cast<std::size_t>(i % 4) / 2 * 2;
  const Rotation direction = turn(random[pair + 1]);
  return radius(random[pair]) * (i % 2 == 0 ? direction.cosine : direction.sine);
}

Vector uniforms(const Key& key, Index count, Index first) {
  return stream("uniforms", key, count, first, Purpose::uniform,
                [](const std::uint64_t* words, double* numbers, Index size) {
                  for (Index i = 0; i < size; ++i) numbers[i] = unit_interval(words[i]);
                });
}

Vector gaussians(const Key& key, Index count, Index first) {
  // One loop per function, so that the compiler can work on several numbers at a time.
  std::array<double, chunk_size / 2> rho{}, cosine{}, sine{};
  return stream("gaussians", key, count, first, Purpose::gaussian,
                [&](const std::uint64_t* words, double* numbers, Index size) {
                  const auto pairs = static_cast<std::size_t>(size / 2);
                  for (std::size_t j = 0; j < pairs; ++j) rho[j] = radius(words[2 * j]);
                  for (std::size_t j = 0; j < pairs; ++j) {
                    const Rotation direction = turn(words[2 * j + 1]);
                    cosine[j] = direction.cosine;
                    sine[j] = direction.sine;
                  }
                  for (std::size_t j = 0; j < pairs; ++j) {
                    numbers[2 * j] = rho[j] * cosine[j];
                    numbers[2 * j + 1] = rho[j] * sine[j];
                  }
                });
}

}  // namespace wideband
