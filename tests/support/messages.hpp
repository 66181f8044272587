// What a call says when it fails.
#pragma once

#include <exception>
#include <string>

namespace wideband::test {

/// The message of the Exception that `call` throws; "" if it throws none. Another type escapes.
template <class Exception, class Call>
std::string message_of(Call&& call) {
  try {
    call();
  } catch (const Exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace wideband::test
