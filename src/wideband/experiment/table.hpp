// Result tables: rows of cells under named columns, written as CSV with all digits of a double.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "wideband/core/types.hpp"

namespace wideband {

/// A cell; std::monostate is a cell without a value and is written empty. NaN is refused: a value
/// that does not exist is monostate, one that diverged is +-inf and is written "inf" or "-inf".
using Cell = std::variant<std::monostate, Index, double, std::string>;

/// tables/NAME.csv. Columns before the first statistic identify a row.
class Table {
 public:
  Table(std::string name, std::vector<std::string> columns);

  /// Throws std::invalid_argument (naming table and column) on a wrong number of cells or a NaN.
  void add(std::vector<Cell> row);

  const std::string& name() const { return name_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<std::vector<Cell>>& rows() const { return rows_; }

 private:
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<std::vector<Cell>> rows_;
};

/// The cell as it stands in the CSV file, without quotes: shortest digits that read back equal,
/// "inf".
std::string cell_text(const Cell& cell);

/// The table as CSV text (RFC 4180 quoting, LF, shortest of up to 17 digits that reads back equal).
std::string csv(const Table& table);

}  // namespace wideband
