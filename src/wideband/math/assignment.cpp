#include "wideband/math/assignment.hpp"

#include <cmath>
#include <cstdint>

#include <fmt/format.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include "wideband/core/error.hpp"

namespace wideband {

std::vector<Index> maximal_assignment(MatrixView W) {
  if (W.rows() > W.cols()) {
    require(false, fmt::format("[maximal_assignment] expected slots <= candidates, got {} and {}",
                               W.rows(), W.cols()));
  }
  require(W.allFinite(), "[maximal_assignment] expected finite weights, got NaN or infinity");
  std::vector<Index> candidates(static_cast<std::size_t>(W.rows()));
  if (W.rows() == 0) return candidates;

  // Integral costs make the simplex method exact. One unit of flow leaves every slot and passes
  // through at most one unit at every candidate.
  const double largest = W.cwiseAbs().maxCoeff();
  const auto units = [&](double weight) {
    return largest > 0 ? std::llround(std::ldexp(weight / largest, 40)) : 0;
  };
  const int slots = static_cast<int>(W.rows());
  const int count = static_cast<int>(W.cols());
  lemon::SmartDigraph graph;
  graph.reserveNode(slots + count + 1);
  graph.reserveArc((slots + 1) * count);
  for (int node = 0; node <= slots + count; ++node) graph.addNode();
  const auto sink = graph.nodeFromId(slots + count);
  std::vector<std::int64_t> costs;
  for (int s = 0; s < slots; ++s) {
    for (int c = 0; c < count; ++c) {
      graph.addArc(graph.nodeFromId(s), graph.nodeFromId(slots + c));
      costs.push_back(-units(W(s, c)));
    }
  }
  for (int c = 0; c < count; ++c) {
    graph.addArc(graph.nodeFromId(slots + c), sink);
    costs.push_back(0);
  }
  lemon::SmartDigraph::ArcMap<std::int64_t> cost(graph);
  lemon::SmartDigraph::ArcMap<int> capacity(graph, 1);
  for (int arc = 0; arc <= graph.maxArcId(); ++arc) {
    cost[graph.arcFromId(arc)] = costs[static_cast<std::size_t>(arc)];
  }
  lemon::SmartDigraph::NodeMap<int> supply(graph, 0);
  for (int s = 0; s < slots; ++s) supply[graph.nodeFromId(s)] = 1;
  supply[sink] = -slots;

  lemon::NetworkSimplex<lemon::SmartDigraph, int, std::int64_t> simplex(graph);
  simplex.costMap(cost).upperMap(capacity).supplyMap(supply);
  if (simplex.run() != decltype(simplex)::OPTIMAL) {
    throw NumericalError("[maximal_assignment] the simplex method found no optimum");
  }
  for (int arc = 0; arc < slots * count; ++arc) {
    if (simplex.flow(graph.arcFromId(arc)) > 0) {
      candidates[static_cast<std::size_t>(arc / count)] = arc % count;
    }
  }
  return candidates;
}

}  // namespace wideband
