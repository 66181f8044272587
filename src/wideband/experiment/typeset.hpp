// Plain mathematical text ("lambda_k ~ 1/(pi^2 k^2)") as runs with Greek letters, sub- and
// superscripts.
#pragma once

#include <string>
#include <vector>

namespace wideband {

enum class Level { normal, sub, sup };

struct Run {
  std::string text;  // UTF-8
  Level level = Level::normal;
};

/// Splits `text` into runs. Names of Greek letters become letters, `<= >= != +- -> sqrt` symbols;
/// `x_k`, `lambda_max`, `x_{...}`, `x_(...)` subscripts, `x^2`, `x^-1`, `x^{...}`, `x^(...)`
/// superscripts (parentheses around a sum, quotient or number go, others stay: Lambda^(n)), `P^_k`
/// a hat. Names of keys and columns (`eigenvalue_mean`, `published_eta_scale`) stay as they are.
std::vector<Run> typeset(const std::string& text);

/// The same as HTML: <sub>, <sup>, special characters escaped.
std::string typeset_html(const std::string& text);

/// `text` with &, <, > and quotes escaped, for HTML and XML.
std::string escaped(const std::string& text);

}  // namespace wideband
