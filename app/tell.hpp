// Messages to the user, on stderr; one that cannot be written is no reason to fail.
#pragma once

#include <cstdio>
#include <utility>

#include <fmt/format.h>

namespace wideband {

template <class... Arguments>
void tell(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  const std::string text = fmt::format(format, std::forward<Arguments>(arguments)...);
  std::fputs(text.c_str(), stderr);
}

}  // namespace wideband
