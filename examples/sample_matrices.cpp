// Prints what a sample of your own angles does to the first frequencies: G, H and the error E.
#include "wideband/circle/sample_matrices.hpp"

#include <iomanip>
#include <iostream>

#include "wideband/data/circle_points.hpp"

int main(int count, char** arguments) try {
  using namespace wideband;
  const SortedAngles angles(
      angles_from_file(count > 1 ? arguments[1] : "examples/data/angles.txt"));
  const SampleMatrices sample = sample_matrices(angles, {.cutoff = 2});
  std::cout << std::fixed << std::setprecision(4);
  std::cout << sample.n << " angles; columns const, cos1, sin1, cos2, sin2\n\n"
            << "G, the identity for a grid\n"
            << sample.G << "\n\n"
            << "H, diagonal for a grid\n"
            << sample.H << "\n\n"
            << "its mean over uniform angles\n"
            << sample.lambda.transpose() << "\n\n"
            << "largest error of each column, max |E_p|\n"
            << sample.E.cwiseAbs().colwise().maxCoeff() << '\n';
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
