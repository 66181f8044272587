// Writes a problem for other software and prints the losses of our own training steps on it.
//
//   arc_losses N M STEPS FILE
//
// FILE gets float64 numbers without a header: a, w1, w2, b (M each), angles, targets (N each).
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>

#include "wideband/circle/arc_network.hpp"
#include "wideband/data/circle_points.hpp"
#include "wideband/data/target.hpp"

namespace {

void write(std::ofstream& file, const wideband::Vector& values) {
  file.write(reinterpret_cast<const char*>(values.data()),
             static_cast<std::streamsize>(values.size()) * 8);
}

}  // namespace

int main(int argc, char** argv) {
  using namespace wideband;
  if (argc != 5) {
    fmt::print(stderr, "usage: arc_losses N M STEPS FILE\n");
    return 2;
  }
  const Index n = std::atol(argv[1]), m = std::atol(argv[2]), steps = std::atol(argv[3]);
  const Vector angles = grid_angles(n);
  const Vector y = grid_target_values(target("base4"), n);
  const ShallowNetwork network = initial_network(Key(1), m);
  std::ofstream file(argv[4], std::ios::binary);
  for (const Vector* values : {&network.a, &network.w1, &network.w2, &network.b, &angles, &y}) {
    write(file, *values);
  }
  if (!file.flush()) {
    fmt::print(stderr, "arc_losses: cannot write {}\n", argv[4]);
    return 4;
  }
  ArcNetwork arcs(network, angles);
  const double learning_rate = 0.2048 / static_cast<double>(n);
  for (Index s = 0; s <= steps; ++s) fmt::print("{:.17g}\n", arcs.step(y, learning_rate).loss);
  return 0;
}
