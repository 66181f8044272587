// Any text as a network in TOML: one whose text form reads back equal, or a refusal.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "wideband/core/error.hpp"
#include "wideband/experiment/network_toml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  wideband::Architecture net;
  try {
    net = wideband::read_network(text, "fuzzed.toml");
  } catch (const std::invalid_argument&) {
    return 0;
  } catch (const wideband::UnavailableError&) {
    return 0;
  }
  const std::string printed = wideband::to_string(net);
  if (wideband::to_string(wideband::parse_architecture(printed)) != printed) __builtin_trap();
  return 0;
}
