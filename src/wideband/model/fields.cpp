#include "wideband/model/fields.hpp"

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/model/shape.hpp"

namespace wideband {
namespace {

void append_activation(Phi& phi, const std::string& key, std::vector<double*>& found) {
  const std::vector<PhiKey>& known = keys(phi.family);
  for (std::size_t p = 0; p < known.size() && p < phi.parameters.size(); ++p) {
    if (known[p].is_list || known[p].is_integer || known[p].name != key) continue;
    found.push_back(&phi.parameters[p]);
  }
}

void append(Layer& layer, const std::string& key, std::vector<double*>& found) {
  if (auto* dense = std::get_if<Dense>(&layer.kind)) {
    if (key == "W") found.push_back(&dense->weight_std);
    if (key == "b" && dense->bias_std) found.push_back(&*dense->bias_std);
  } else if (auto* activation = std::get_if<Activation>(&layer.kind)) {
    append_activation(activation->phi, key, found);
  } else if (auto* norm = std::get_if<LayerNorm>(&layer.kind)) {
    if (key == "eps") found.push_back(&norm->epsilon);
  } else if (auto* dropout = std::get_if<Dropout>(&layer.kind)) {
    if (key == "keep") found.push_back(&dropout->keep);
  }
}

void append_all(Layers& layers, const std::string& key, std::vector<double*>& found) {
  for (Layer& layer : layers) {
    append(layer, key, found);
    auto* branches = std::get_if<Branches>(&layer.kind);
    if (branches == nullptr) continue;
    for (Layers& path : branches->paths) append_all(path, key, found);
  }
}

}  // namespace

std::vector<double*> field_values(Architecture& architecture, const std::string& field) {
  std::vector<double*> found;
  const std::size_t dot = field.rfind('.');
  if (dot == std::string::npos) {
    append_all(architecture.layers, field, found);
  } else {
    // The layer is our own, which is not const.
    append(const_cast<Layer&>(layer_at(architecture, field.substr(0, dot))), field.substr(dot + 1),
           found);
  }
  require(!found.empty(), fmt::format("[net] no layer has a field \"{}\"", printable(field)));
  return found;
}

std::vector<const double*> field_values(const Architecture& architecture,
                                        const std::string& field) {
  const std::vector<double*> found = field_values(const_cast<Architecture&>(architecture), field);
  return {found.begin(), found.end()};
}

}  // namespace wideband
