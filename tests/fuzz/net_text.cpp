// Any text as a network: one that prints and reads back equal, or a refusal.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "wideband/core/error.hpp"
#include "wideband/model/architecture.hpp"
#include "wideband/model/shape.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  wideband::Architecture net;
  try {
    net = wideband::parse_architecture(text);
  } catch (const std::invalid_argument&) {
    return 0;
  } catch (const wideband::UnavailableError&) {
    return 0;
  }
  const std::string printed = wideband::to_string(net);
  if (wideband::to_string(wideband::parse_architecture(printed)) != printed) __builtin_trap();
  try {
    wideband::infer_shape(net, 3);
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
