// Times our own Gram matrices of deep ReLU networks and measures the errors of anybody's.
//
//   kernel_grams inputs N D FOLDER          writes FOLDER/x.f32 (N x D) and FOLDER/pairs.txt
//   kernel_grams time DEPTH FOLDER          times both kernels in f64 and f32: one line of JSON
//   kernel_grams errors DEPTH FOLDER NAME   reads FOLDER/NAME: nngp and ntk of the pairs, two
//   numbers
//                                           a line, and prints their worst relative errors
//
// Inputs are numbers of float32, so that both precisions see the same ones. Row 2i + 1 differs from
// row 2i by 1e-3 of its length for i < 256: near duplicates. The reference is the textbook
// recursion in 50 decimal digits.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <fmt/format.h>

#include "wideband/core/parallel.hpp"
#include "wideband/kernel/kernel.hpp"
#include "wideband/random/key.hpp"

namespace wideband {
namespace {

using Wide = boost::multiprecision::cpp_bin_float_50;
using Single = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr Index near_pairs = 256;
constexpr int repetitions = 5;

struct Pair {
  Index i, j;
  int kind;  // 0 diagonal, 1 near duplicates, 2 generic
};
constexpr const char* kinds[] = {"diagonal", "near duplicates", "generic"};

Single made_inputs(Index n, Index d) {
  const Vector x = gaussians(Key(1).child("inputs"), n * d);
  const Vector noise = gaussians(Key(1).child("noise"), near_pairs * d);
  Single X(n, d);
  for (Index i = 0; i < n; ++i) {
    for (Index k = 0; k < d; ++k) {
      const bool near = i % 2 == 1 && i < 2 * near_pairs;
      X(i, k) = near ? static_cast<float>(x((i - 1) * d + k) + 1e-3 * noise(i / 2 * d + k))
                     : static_cast<float>(x(i * d + k));
    }
  }
  return X;
}

std::vector<Pair> made_pairs(Index n) {
  std::vector<Pair> pairs;
  for (Index i = 0; i < near_pairs; ++i) {
    pairs.push_back({i, i, 0});
    pairs.push_back({2 * i, 2 * i + 1, 1});
    pairs.push_back({i, n - 1 - i, 2});
  }
  return pairs;
}

int write_inputs(Index n, Index d, const std::string& folder) {
  const Single X = made_inputs(n, d);
  std::ofstream file(folder + "/x.f32", std::ios::binary);
  file.write(reinterpret_cast<const char*>(X.data()), static_cast<std::streamsize>(X.size()) * 4);
  std::ofstream size(folder + "/size.txt");
  size << n << ' ' << d << '\n';
  std::ofstream list(folder + "/pairs.txt");
  for (const Pair& pair : made_pairs(n)) list << pair.i << ' ' << pair.j << '\n';
  return file.flush() && size.flush() && list.flush() ? 0 : 4;
}

Single read_inputs(const std::string& folder) {
  Index n = 0, d = 0;
  std::ifstream(folder + "/size.txt") >> n >> d;
  Single X(n, d);
  std::ifstream file(folder + "/x.f32", std::ios::binary);
  file.read(reinterpret_cast<char*>(X.data()), static_cast<std::streamsize>(X.size()) * 4);
  return X;
}

Architecture network(Index depth) {
  std::string text = "dense";
  for (Index l = 0; l < depth; ++l) text += " | relu | dense";
  return parse_architecture(text);
}

double median_seconds(const std::function<void()>& run) {
  std::vector<double> times;
  for (int r = 0; r < repetitions; ++r) {
    const auto start = std::chrono::steady_clock::now();
    run();
    times.push_back(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[repetitions / 2];
}

template <class Real>
double timed(const Matrix& X, const Architecture& net, const std::string& file) {
  const KernelResult<Real> result = kernel<Real>(X, net);  // warm
  std::ofstream values(file);
  values.precision(17);
  for (const Pair& pair : made_pairs(X.rows())) {
    values << static_cast<double>(result.nngp(pair.i, pair.j)) << ' '
           << static_cast<double>(result.ntk(pair.i, pair.j)) << '\n';
  }
  return median_seconds([&] { kernel<Real>(X, net); });
}

int time_kernels(Index depth, const std::string& folder) {
  const Matrix X = read_inputs(folder).cast<double>();
  const Architecture net = network(depth);
  const std::string name = folder + "/wideband-" + std::to_string(depth);
  const double f64 = timed<double>(X, net, name + "-float64");
  const double f32 = timed<float>(X, net, name + "-float32");
  fmt::print("{{\"depth\": {}, \"threads\": {}, \"float64\": {:.6g}, \"float32\": {:.6g}}}\n",
             depth, available_cores(), f64, f32);
  return 0;
}

struct Kernels {
  Wide nngp, ntk;
};

// K <- sqrt(q1 q2) (sin t + (pi - t) cos t)/(2 pi), Theta <- K + Theta (pi - t)/(2 pi), q <- q/2.
Kernels reference(const Single& X, const Pair& pair, Index depth) {
  using boost::multiprecision::acos;
  using boost::multiprecision::sqrt;
  const Wide pi = acos(Wide(-1));
  Wide q1 = 0, q2 = 0, k = 0;
  for (Index c = 0; c < X.cols(); ++c) {
    const Wide a = X(pair.i, c), b = X(pair.j, c);
    q1 += a * a;
    q2 += b * b;
    k += a * b;
  }
  const auto d = static_cast<double>(X.cols());
  q1 /= d, q2 /= d, k /= d;
  Wide theta = k;
  for (Index l = 0; l < depth; ++l) {
    const Wide scale = sqrt(q1 * q2);
    const bool same = pair.i == pair.j;
    const Wide rho = same ? Wide(1) : k / scale;
    const Wide angle = same ? Wide(0) : acos(rho);
    k = scale * (sqrt(1 - rho * rho) + (pi - angle) * rho) / (2 * pi);
    theta = k + theta * (pi - angle) / (2 * pi);
    q1 /= 2, q2 /= 2;
  }
  return {k, theta};
}

int print_errors(Index depth, const std::string& folder, const std::string& name) {
  const Single X = read_inputs(folder);
  std::ifstream values(folder + "/" + name);
  double worst[3][2] = {};
  for (const Pair& pair : made_pairs(X.rows())) {
    double nngp = NAN, ntk = NAN;
    values >> nngp >> ntk;
    const Kernels exact = reference(X, pair, depth);
    const double errors[] = {static_cast<double>(abs((Wide(nngp) - exact.nngp) / exact.nngp)),
                             static_cast<double>(abs((Wide(ntk) - exact.ntk) / exact.ntk))};
    for (int which = 0; which < 2; ++which) {
      double& error = worst[pair.kind][which];
      if (!(errors[which] <= error)) error = errors[which];
    }
  }
  for (int kind = 0; kind < 3; ++kind) {
    fmt::print(
        "{{\"depth\": {}, \"name\": \"{}\", \"pairs\": \"{}\", \"nngp\": {:.2e}, \"ntk\": "
        "{:.2e}}}\n",
        depth, name, kinds[kind], worst[kind][0], worst[kind][1]);
  }
  return 0;
}

int chosen(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "inputs" && argc == 5)
    return write_inputs(std::atol(argv[2]), std::atol(argv[3]), argv[4]);
  if (what == "time" && argc == 4) return time_kernels(std::atol(argv[2]), argv[3]);
  if (what == "errors" && argc == 5) return print_errors(std::atol(argv[2]), argv[3], argv[4]);
  fmt::print(
      stderr,
      "usage: kernel_grams inputs N D FOLDER | time DEPTH FOLDER | errors DEPTH FOLDER NAME\n");
  return 2;
}

}  // namespace
}  // namespace wideband

int main(int argc, char** argv) {
  return wideband::chosen(argc, argv);
}
