#include "wideband/math/plane_quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "wideband/core/constants.hpp"

namespace wideband {
namespace {

// Nodes on [0, 1] by their distances to both ends, every second of which is the coarser rule.
struct Node {
  double left, right, weight;
};

std::vector<Node> unit_rule(int nodes) {
  constexpr double reach = 3.3;  // pi sinh(reach) = 42: the ends are 4e-19 away
  const double step = 2 * reach / nodes;
  std::vector<Node> rule;
  for (int i = 0; i <= nodes; ++i) {
    const double t = -reach + step * i;
    const double left = 1 / (1 + std::exp(-pi * std::sinh(t)));
    const double right = 1 / (1 + std::exp(pi * std::sinh(t)));
    rule.push_back({left, right, step * pi * std::cosh(t) * left * right});
  }
  return rule;
}

// Sums over all nodes and over every second one along all axes.
struct Sums {
  double fine = 0;
  double coarse = 0;
};

PlaneIntegral integral(const Sums& sums, double factor) {
  // Half the nodes along both axes have four times the weight.
  const double value = factor * sums.fine;
  return {value, std::abs(value - factor * 4 * sums.coarse)};
}

double density(double z) {
  return std::exp(-z * z / 2) / std::sqrt(2 * pi);
}

std::vector<double> panel_ends(std::vector<double> cuts, double radius) {
  std::erase_if(cuts, [&](double z) { return !(std::abs(z) < radius); });
  cuts.push_back(-radius);
  cuts.push_back(radius);
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

}  // namespace

PlaneIntegral polar_expectation(const std::function<double(double)>& f, double q1, double q2,
                                HalfAngle angle, double radius, int nodes) {
  const std::vector<Node> rule = unit_rule(nodes);
  std::vector<double> radial;
  for (const Node& node : rule) {
    const double r = radius * node.left;
    radial.push_back(radius * node.weight * r * std::exp(-r * r / 2) / (2 * pi));
  }
  Sums sums;
  for (const bool opposite : {false, true}) {
    const double width = opposite ? theta(angle) : supplement(angle);
    for (std::size_t i = 0; i < rule.size(); ++i) {
      const double u = std::sqrt(q1) * radius * std::sin(width * rule[i].right);
      const double v =
          std::sqrt(q2) * radius * std::sin(width * rule[i].left) * (opposite ? -1 : 1);
      double fine = 0;
      double coarse = 0;
      for (std::size_t j = 0; j < rule.size(); ++j) {
        const double r = rule[j].left;
        const double term = radial[j] * (f(u * r) * f(v * r) + f(-u * r) * f(-v * r));
        fine += term;
        if (j % 2 == 0) coarse += term;
      }
      sums.fine += width * rule[i].weight * fine;
      if (i % 2 == 0) sums.coarse += width * rule[i].weight * coarse;
    }
  }
  return integral(sums, 1);
}

PlaneIntegral cartesian_expectation(const std::function<double(double)>& f,
                                    const std::vector<double>& kinks, double q1, double q2,
                                    HalfAngle angle, double radius, int nodes) {
  const std::vector<Node> rule = unit_rule(nodes);
  const double root1 = std::sqrt(q1);
  const double root2 = std::sqrt(q2);
  const double rho = cosine(angle);
  const double sine = 2 * std::sqrt(angle.s * angle.c);
  std::vector<double> centers = kinks;
  centers.push_back(0);
  std::vector<double> outer;
  for (const double kink : centers) {
    outer.push_back(kink / root1);
    if (rho != 0) outer.push_back(kink / (rho * root2));
  }
  outer = panel_ends(outer, radius);

  const auto inner = [&](double z) {
    std::vector<double> cuts;
    if (sine > 0) {
      for (const double kink : centers) cuts.push_back((kink / root2 - rho * z) / sine);
    }
    cuts = panel_ends(cuts, radius);
    Sums sums;
    for (std::size_t p = 0; p + 1 < cuts.size(); ++p) {
      const double width = cuts[p + 1] - cuts[p];
      for (std::size_t j = 0; j < rule.size(); ++j) {
        const double w = cuts[p] + width * rule[j].left;
        const double term = width * rule[j].weight * density(w) * f(root2 * (rho * z + sine * w));
        sums.fine += term;
        if (j % 2 == 0) sums.coarse += term;
      }
    }
    return sums;
  };

  Sums sums;
  for (std::size_t p = 0; p + 1 < outer.size(); ++p) {
    const double width = outer[p + 1] - outer[p];
    for (std::size_t i = 0; i < rule.size(); ++i) {
      const double z = outer[p] + width * rule[i].left;
      const Sums along = inner(z);
      const double weight = width * rule[i].weight * density(z) * f(root1 * z);
      sums.fine += weight * along.fine;
      if (i % 2 == 0) sums.coarse += weight * along.coarse;
    }
  }
  return integral(sums, 1);
}

}  // namespace wideband
