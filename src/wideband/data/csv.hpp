// Matrices in text tables: comma, semicolon or tab between the fields.
#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <string>
#include <string_view>

#include "wideband/core/types.hpp"

namespace wideband {

/// The matrix in a .csv file, one row per line.
///
/// UTF-8, with or without a byte order mark; LF or CRLF; the separator is the first of comma,
/// semicolon and tab that the first line has; blank lines and lines that start with # are skipped;
/// the first line is a header if one of its fields is no number.
///
/// cost     one pass, line by line; at the end one copy, released as it is made
/// throws   std::invalid_argument naming file, line and field (from 1): a row of another length, an
///          empty field, what is no number, nan, inf; or that there are no rows.
///          UnavailableError for a file that cannot be read
Matrix read_csv(const std::filesystem::path& path);

/// The same from a stream; `name` is what messages call it.
Matrix read_csv(std::istream& stream, const std::string& name);

/// The rows as text with 17 digits, without a header, handed to `write` in pieces.
void write_csv(const MatrixView& values, const std::function<void(std::string_view)>& write);

}  // namespace wideband
