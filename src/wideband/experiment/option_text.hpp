// Values of command-line options as they are typed, turned into numbers, lists and choices.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// A number within [minimum, maximum], infinity only where maximum is infinite and the text is
/// "inf". Throws std::invalid_argument naming the option, its text and the bounds, as all below.
double number_option(const std::string& option, const std::string& text, double minimum,
                     double maximum);

/// A whole number within [minimum, maximum].
Index integer_option(const std::string& option, const std::string& text, Index minimum,
                     Index maximum);

/// Bytes: a number >= 0, plain or with the suffix KiB, MiB or GiB.
std::size_t bytes_option(const std::string& option, const std::string& text);

/// The words between commas, without spaces around them; none of them empty.
std::vector<std::string> list_option(const std::string& option, const std::string& text);

/// The place of `text` in `choices`; another word is answered with the nearest.
std::size_t choice_option(const std::string& option, const std::string& text,
                          const std::vector<std::string>& choices);

}  // namespace wideband
