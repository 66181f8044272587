// Reading a table back: the rows with given cells, and a column of them as numbers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "wideband/experiment/table.hpp"

namespace wideband {

/// The table of that name. Throws std::invalid_argument if there is none.
const Table& table_named(const std::vector<Table>& tables, const std::string& name);

/// Some rows of a table; the table must outlive it.
class TableRows {
 public:
  explicit TableRows(const Table& table);

  /// The rows whose cell in `column` reads `text` (as in the CSV file).
  TableRows where(const std::string& column, const std::string& text) const;
  TableRows where(const std::string& column, Index value) const;

  /// The rows whose cell in `column` has a value.
  TableRows with(const std::string& column) const;

  /// The column as numbers, NaN where a cell has no value. Throws std::invalid_argument for text.
  std::vector<double> numbers(const std::string& column) const;

  /// The distinct texts of a column, in the order of their first rows.
  std::vector<std::string> distinct(const std::string& column) const;

  std::size_t size() const { return rows_.size(); }

 private:
  std::size_t position(const std::string& column) const;

  const Table* table_;
  std::vector<std::size_t> rows_;
};

}  // namespace wideband
