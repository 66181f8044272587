#include "wideband/kernel/gram_tiles.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <memory>
#include <mutex>
#include <span>

#include "wideband/core/error.hpp"
#include "wideband/core/parallel.hpp"
#include "wideband/kernel/plain_kernel.hpp"
#include "wideband/linalg/row_products.hpp"

namespace wideband {
namespace {

constexpr Index block = InputRows::block;
constexpr Index strip = 32;           // rows that wait together for their place in the matrices
constexpr Index stride = block + 16;  // of a row in the strip

using Clock = std::chrono::steady_clock;

// Counts finished pairs over all threads and asks the caller now and then whether to go on.
class Meter {
 public:
  Meter(double total, const std::function<bool(const Progress&)>& on_progress)
      : total_(total), on_progress_(on_progress) {}

  void add(std::uint64_t pairs) {
    const std::lock_guard lock(mutex_);
    done_ += static_cast<double>(pairs);
    if (!on_progress_) return;
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    if (std::chrono::duration<double>(now - last_).count() < 0.05 && done_ < total_) return;
    last_ = now;
    const double left = done_ > 0 ? seconds * (total_ - done_) / done_ : 0;
    if (!on_progress_({.phase = "pairs",
                       .done = done_,
                       .total = total_,
                       .seconds_left = std::max(0.0, left)})) {
      throw Stopped("[kernel] stopped");
    }
  }

 private:
  std::mutex mutex_;
  double done_ = 0;
  double total_;
  const std::function<bool(const Progress&)>& on_progress_;
  Clock::time_point start_ = Clock::now(), last_ = start_;
};

template <class Real>
class TileWriter {
 public:
  TileWriter(const GramJob<Real>& job, MatrixOf<Real>& nngp, MatrixOf<Real>& ntk)
      : job_(job), nngp_(nngp), ntk_(ntk), work_(job.recursion.work()) {
    if (job.X.features() > InputRows::few_features) products_.resize(block, block);
  }

  // All blocks of the tile at (i0, j0), those above the diagonal of a symmetric job left out.
  std::uint64_t tile(Index i0, Index j0) {
    std::uint64_t pairs = 0;
    const Index i1 = std::min(i0 + job_.tile, job_.X.count());
    const Index j1 = std::min(j0 + job_.tile, job_.Z.count());
    for (Index i = i0; i < i1; i += block) {
      for (Index j = j0; j < j1; j += block) {
        if (!job_.symmetric || j <= i) pairs += one_block(i, j);
      }
    }
    return pairs;
  }

 private:
  std::uint64_t one_block(Index i0, Index j0) {
    const Index rows = std::min(block, job_.X.count() - i0);
    const Index columns = std::min(block, job_.Z.count() - j0);
    const bool diagonal = job_.symmetric && i0 == j0;
    if (products_.size() > 0) {
      row_products(job_.X.unit_row(i0), job_.Z.unit_row(j0), block, job_.X.features(),
                   products_.data());
    }
    job_.recursion.enter(work_, i0, rows, j0, columns);
    scales(i0, rows, j0, columns);
    std::uint64_t pairs = 0;
    for (Index first = 0; first < rows; first += strip) {
      const Index last = std::min(first + strip, rows);
      for (Index i = first; i < last; ++i) {
        const Index count = diagonal ? i + 1 : columns;
        row(i0 + i, j0, i, count);
        pairs += static_cast<std::uint64_t>(count);
      }
      if (nngp_.size() > 0) write(nngp_, nngp_strip_, i0 + first, last - first, j0, columns);
      if (ntk_.size() > 0) write(ntk_, ntk_strip_, i0 + first, last - first, j0, columns);
    }
    return pairs;
  }

  // Square roots of the output's diagonals at the block's samples.
  void scales(Index i0, Index rows, Index j0, Index columns) {
    const auto fill = [](const std::vector<double>& from, Index first, Index count, Real* to) {
      for (Index i = 0; i < count; ++i) {
        to[i] = static_cast<Real>(std::sqrt(from[static_cast<std::size_t>(first + i)]));
      }
    };
    fill(job_.x.output.variance, i0, rows, row_deviation_);
    fill(job_.x.output.tangent, i0, rows, row_tangent_);
    fill(job_.z.output.variance, j0, columns, column_deviation_);
    fill(job_.z.output.tangent, j0, columns, column_tangent_);
  }

  void row(Index i, Index j0, Index local, Index count) {
    const double* products = products_.size() > 0 ? products_.data() + local * block : nullptr;
    input_angles(job_.X, i, job_.Z, j0, count, products, job_.refine_below, input_,
                 job_.recursion.wants_differences() ? &refined_ : nullptr);
    const auto n = static_cast<Index>(simd::padded(static_cast<std::size_t>(count)));
    for (Index j = 0; j < n; ++j) work_.angle(0)[j] = static_cast<Real>(input_[j]);
    job_.recursion.run(work_, i, count, refined_);
    const Index place = local % strip * stride;
    if (nngp_.size() > 0) {
      simd::covariance_row(row_deviation_[local], column_deviation_, static_cast<std::size_t>(n),
                           work_.angle(0), nngp_strip_ + place);
    }
    if (ntk_.size() > 0) {
      Real* to = ntk_strip_ + place;
      const Real r = row_tangent_[local];
      const Real* tangent = work_.tangent(0);
      for (Index j = 0; j < count; ++j) to[j] = r * column_tangent_[j] * tangent[j];
    }
    if (any_zero_) patch_zeros(i, j0, count, place);
    if (job_.symmetric && i < j0 + count) own_diagonal(i, place + i - j0);
  }

  // Pairs with a sample whose variance is 0 in front of an activation: rho = 0 there, both factors
  // independent, which the loops over vectors do not know.
  void patch_zeros(Index i, Index j0, Index count, Index place) {
    const auto d = static_cast<std::size_t>(job_.X.features());
    for (Index j = 0; j < count; ++j) {
      if (!job_.x.zero[static_cast<std::size_t>(i)] &&
          !job_.z.zero[static_cast<std::size_t>(j0 + j)]) {
        continue;
      }
      const PairKernel pair = plain_pair_kernel({job_.X.row(i), d}, {job_.Z.row(j0 + j), d}, false,
                                                job_.architecture, job_.numeric);
      nngp_strip_[place + j] = static_cast<Real>(pair.nngp);
      ntk_strip_[place + j] = static_cast<Real>(pair.ntk);
    }
  }

  void own_diagonal(Index i, Index place) {
    nngp_strip_[place] = static_cast<Real>(job_.x.output.variance[static_cast<std::size_t>(i)]);
    ntk_strip_[place] = static_cast<Real>(job_.x.output.tangent[static_cast<std::size_t>(i)]);
  }

  // A strip to its rows of K and, for a symmetric job, mirrored to the columns: from here, since
  // rows of K may lie a power of two apart, which caches hold few of.
  void write(MatrixOf<Real>& K, const Real* from, Index i0, Index rows, Index j0, Index columns) {
    for (Index i = 0; i < rows; ++i) {
      const Index count = job_.symmetric ? std::min(columns, i0 + i - j0 + 1) : columns;
      std::copy_n(from + i * stride, count, &K(i0 + i, j0));
    }
    if (!job_.symmetric) return;
    for (Index j = j0; j < std::min(j0 + columns, i0 + rows); ++j) {
      for (Index i = std::max(i0, j + 1); i < i0 + rows; ++i) {
        K(j, i) = from[(i - i0) * stride + j - j0];
      }
    }
  }

  const GramJob<Real>& job_;
  MatrixOf<Real>& nngp_;
  MatrixOf<Real>& ntk_;
  PairWork<Real> work_;
  Matrix products_;
  std::vector<RefinedPair> refined_;
  bool any_zero_ = std::find(job_.x.zero.begin(), job_.x.zero.end(), true) != job_.x.zero.end() ||
                   std::find(job_.z.zero.begin(), job_.z.zero.end(), true) != job_.z.zero.end();
  alignas(64) double input_[block] = {};
  alignas(64) Real nngp_strip_[strip * stride] = {};
  alignas(64) Real ntk_strip_[strip * stride] = {};
  alignas(64) Real row_deviation_[block] = {}, row_tangent_[block] = {};
  alignas(64) Real column_deviation_[block] = {}, column_tangent_[block] = {};
};

struct Tile {
  Index i, j;
};

}  // namespace

template <class Real>
std::uint64_t fill_gram(const GramJob<Real>& job, MatrixOf<Real>& nngp, MatrixOf<Real>& ntk) {
  std::vector<Tile> tiles;
  for (Index i = 0; i < job.X.count(); i += job.tile) {
    for (Index j = 0; j < (job.symmetric ? i + 1 : job.Z.count()); j += job.tile) {
      tiles.push_back({i, j});
    }
  }
  const auto n = static_cast<double>(job.X.count()), m = static_cast<double>(job.Z.count());
  Meter meter(job.symmetric ? n * (n + 1) / 2 : n * m, job.on_progress);
  std::atomic<std::uint64_t> pairs{0};
  std::atomic<Index> next{0};
  const auto count = static_cast<Index>(tiles.size());
  const BlasThreads single(1);
  const Index team = std::min(job.threads, count);
  // One writer per thread, which takes tiles until none is left.
  parallel_for(team, team, [&](Index) {
    const auto writer = std::make_unique<TileWriter<Real>>(job, nngp, ntk);
    for (Index k = next++; k < count; k = next++) {
      const Tile& tile = tiles[static_cast<std::size_t>(k)];
      const std::uint64_t done = writer->tile(tile.i, tile.j);
      pairs += done;
      meter.add(done);
    }
  });
  return pairs;
}

template std::uint64_t fill_gram(const GramJob<double>&, Matrix&, Matrix&);
template std::uint64_t fill_gram(const GramJob<float>&, MatrixOf<float>&, MatrixOf<float>&);

}  // namespace wideband
