#include "wideband/experiment/table.hpp"

#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace wideband {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) {
    result += c;
    if (c == '"') result += c;
  }
  return result + '"';
}

struct CellText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(Index value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return fmt::format("{}", value); }
  std::string operator()(const std::string& value) const { return value; }
};

}  // namespace

Table::Table(std::string name, std::vector<std::string> columns)
    : name_(std::move(name)), columns_(std::move(columns)) {
  if (columns_.empty()) {
    throw std::invalid_argument(fmt::format("[table] {}: expected columns, got none", name_));
  }
  std::set<std::string> seen;
  for (const std::string& column : columns_) {
    if (!seen.insert(column).second) {
      throw std::invalid_argument(fmt::format("[table] {}: column {} twice", name_, column));
    }
  }
}

void Table::add(std::vector<Cell> row) {
  if (row.size() != columns_.size()) {
    throw std::invalid_argument(
        fmt::format("[table] {}: expected {} cells, got {}", name_, columns_.size(), row.size()));
  }
  for (std::size_t i = 0; i < row.size(); ++i) {
    const double* number = std::get_if<double>(&row[i]);
    if (number != nullptr && std::isnan(*number)) {
      throw std::invalid_argument(fmt::format("[table] {}: NaN in column {}", name_, columns_[i]));
    }
  }
  rows_.push_back(std::move(row));
}

std::string cell_text(const Cell& cell) {
  return std::visit(CellText{}, cell);
}

std::string csv(const Table& table) {
  std::string text;
  const auto append = [&text](const std::string& cell, bool last) {
    text += quoted(cell);
    text += last ? '\n' : ',';
  };
  const std::size_t width = table.columns().size();
  for (std::size_t i = 0; i < width; ++i) append(table.columns()[i], i + 1 == width);
  for (const std::vector<Cell>& row : table.rows()) {
    for (std::size_t i = 0; i < width; ++i) append(cell_text(row[i]), i + 1 == width);
  }
  return text;
}

}  // namespace wideband
