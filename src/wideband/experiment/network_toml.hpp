// Networks in TOML, with the names and keys of the text form, and networks named on a command line.
#pragma once

#include <string>

#include "wideband/model/architecture.hpp"

namespace wideband {

/// A network such as
///
///   parameterization = "ntk"
///   layers = [{layer = "dense", width = 512, W = 1.5, b = 0.1}, {layer = "relu"},
///             {layer = "residual", paths = [[{layer = "dense"}]]}]
///
/// `source` is the file that messages name. Numbers, lists of numbers, "none" and truths stand for
/// the values of the text form.
///
/// throws   std::invalid_argument naming file, line, column and the nearest known name;
///          UnavailableError ("not yet") for layers that are known and do not exist yet
Architecture read_network(const std::string& text, const std::string& source);

/// The network that --net names: the file if it ends in .toml, else the text itself.
Architecture network_of(const std::string& argument);

}  // namespace wideband
