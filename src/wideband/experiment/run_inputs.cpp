#include "wideband/experiment/run_inputs.hpp"

#include <map>
#include <string>

#include <fmt/format.h>

#include "wideband/core/error.hpp"
#include "wideband/core/file.hpp"
#include "wideband/experiment/task_store.hpp"

namespace wideband {
namespace {

namespace fs = std::filesystem;

constexpr const char* inputs_name = "inputs";

fs::path copy_of(const fs::path& file, const fs::path& folder) {
  return folder / inputs_name / file.filename();
}

// Calls visit with every value of the deck that names a file.
template <class AnyDeck, class Visit>
void each_file(AnyDeck& deck, Visit&& visit) {
  const auto named = [&](const std::string& key, auto& value) {
    auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && !text->empty()) visit(key, *text);
  };
  for (auto& setting : deck.settings) {
    if (!setting.field.file) continue;
    named(setting.key, setting.value);
    for (auto& axis : deck.axes) {
      for (auto& swept : axis) {
        if (swept.key != setting.key) continue;
        for (auto& value : swept.values) named(setting.key, value);
      }
    }
  }
}

}  // namespace

Deck with_stored_inputs(Deck deck, const fs::path& folder) {
  each_file(deck, [&](const std::string&, std::string& file) {
    const fs::path copy = copy_of(file, folder);
    if (fs::exists(copy)) file = copy.string();
  });
  return deck;
}

void store_inputs(const Deck& deck, const fs::path& folder) {
  std::map<fs::path, std::string> sources;
  each_file(deck, [&](const std::string& key, const std::string& file) {
    const fs::path copy = copy_of(file, folder);
    const auto [known, is_new] = sources.emplace(copy, file);
    require(
        is_new || known->second == file,
        fmt::format("\"{}\" names {} and {}, whose copies would be one", key, known->second, file));
    if (!fs::exists(copy)) {
      make_folder(copy.parent_path());
      write_file(copy, read_file(file));
    } else if (fs::exists(file)) {
      require(read_file(file) == read_file(copy),
              fmt::format("\"{}\": {} has changed since {} began to use it; choose another --out",
                          key, file, folder.string()));
    }
  });
}

}  // namespace wideband
