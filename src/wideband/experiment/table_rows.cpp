#include "wideband/experiment/table_rows.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

namespace wideband {

const Table& table_named(const std::vector<Table>& tables, const std::string& name) {
  for (const Table& table : tables) {
    if (table.name() == name) return table;
  }
  throw std::invalid_argument(fmt::format("[table_named] there is no table \"{}\"", name));
}

TableRows::TableRows(const Table& table) : table_(&table), rows_(table.rows().size()) {
  std::iota(rows_.begin(), rows_.end(), std::size_t{0});
}

std::size_t TableRows::position(const std::string& column) const {
  const auto& columns = table_->columns();
  const auto found = std::find(columns.begin(), columns.end(), column);
  if (found == columns.end()) {
    throw std::invalid_argument(
        fmt::format("[table_rows] {} has no column \"{}\"", table_->name(), column));
  }
  return static_cast<std::size_t>(found - columns.begin());
}

TableRows TableRows::where(const std::string& column, const std::string& text) const {
  TableRows result = *this;
  const std::size_t at = position(column);
  std::erase_if(result.rows_,
                [&](std::size_t row) { return cell_text(table_->rows()[row][at]) != text; });
  return result;
}

TableRows TableRows::where(const std::string& column, Index value) const {
  return where(column, fmt::format("{}", value));
}

TableRows TableRows::with(const std::string& column) const {
  TableRows result = *this;
  const std::size_t at = position(column);
  std::erase_if(result.rows_, [&](std::size_t row) {
    return std::holds_alternative<std::monostate>(table_->rows()[row][at]);
  });
  return result;
}

std::vector<double> TableRows::numbers(const std::string& column) const {
  const std::size_t at = position(column);
  std::vector<double> values;
  for (const std::size_t row : rows_) {
    const Cell& cell = table_->rows()[row][at];
    if (std::holds_alternative<std::string>(cell)) {
      throw std::invalid_argument(
          fmt::format("[table_rows] column \"{}\" of {} holds text", column, table_->name()));
    }
    if (const Index* whole = std::get_if<Index>(&cell)) {
      values.push_back(static_cast<double>(*whole));
    } else if (const double* value = std::get_if<double>(&cell)) {
      values.push_back(*value);
    } else {
      values.push_back(std::numeric_limits<double>::quiet_NaN());
    }
  }
  return values;
}

std::vector<std::string> TableRows::distinct(const std::string& column) const {
  const std::size_t at = position(column);
  std::vector<std::string> values;
  for (const std::size_t row : rows_) {
    const std::string text = cell_text(table_->rows()[row][at]);
    if (std::find(values.begin(), values.end(), text) == values.end()) values.push_back(text);
  }
  return values;
}

}  // namespace wideband
