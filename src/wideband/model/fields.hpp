// Parameters of a network by name: the numbers that "W" or "2.1.0.alpha" mean.
#pragma once

#include <string>
#include <vector>

#include "wideband/model/architecture.hpp"

namespace wideband {

/// The numbers that a field names: a key of the text form, of every layer that has it at once
/// ("W"), or a path and a key ("2.1.0.W"). Keys of integers, flags and lists are no fields; an
/// absent bias has no number.
///
/// throws   std::invalid_argument where no layer has the field
std::vector<double*> field_values(Architecture& architecture, const std::string& field);
std::vector<const double*> field_values(const Architecture& architecture, const std::string& field);

}  // namespace wideband
