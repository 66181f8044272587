#include "wideband/experiment/circle/spectral_bias.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "wideband/experiment/circle/alignment.hpp"
#include "wideband/experiment/circle/dynamics.hpp"
#include "wideband/experiment/circle/evolution.hpp"
#include "wideband/experiment/circle/preconditioning.hpp"
#include "wideband/experiment/circle/sampling.hpp"
#include "wideband/experiment/circle/spectral_bias_claims.hpp"
#include "wideband/experiment/circle/spectral_bias_figures.hpp"
#include "wideband/experiment/circle/spectrum.hpp"
#include "wideband/experiment/circle/width.hpp"
#include "wideband/experiment/digest.hpp"
#include "wideband/experiment/table_rows.hpp"

namespace wideband {
namespace {

using Values = std::vector<std::pair<std::string, Value>>;
using Words = std::vector<std::string>;
using Sizes = std::vector<Index>;

// The part `experiment`, its defaults but for some values.
Part part(Experiment experiment, std::function<Values(const SpectralBiasConfig&)> values) {
  const Settings defaults = experiment.defaults;
  return {std::move(experiment), [defaults, values = std::move(values)](const Settings& digest) {
            const auto config = config_from<SpectralBiasConfig>(digest);
            Values all = values(config);
            all.emplace_back("seed", config.seed);
            return with_values(defaults, all);
          }};
}

// In the order of the panels.
std::vector<Part> parts() {
  using Config = SpectralBiasConfig;
  return {
      part(circle_spectrum(),
           [](const Config& c) -> Values {
             return {{"sizes", Sizes{c.grid}},
                     {"cutoff", Index{64}},
                     {"kernel", Words{"bias", "nobias"}}};
           }),
      part(circle_dynamics(),
           [](const Config& c) -> Values {
             return {{"sizes", Sizes{c.grid}}, {"targets", Words{"long"}}, {"steps", Index{10000}}};
           }),
      part(circle_sampling(),
           [](const Config& c) -> Values {
             return {{"sizes", c.sizes}, {"seeds", c.seeds}};
           }),
      part(circle_width(),
           [](const Config& c) -> Values {
             return {{"widths", c.widths}, {"seeds", c.seeds}};
           }),
      part(circle_alignment(),
           [](const Config& c) -> Values {
             return {
                 {"sizes", Sizes{c.grid}}, {"widths", c.frozen_widths}, {"seeds", c.frozen_seeds}};
           }),
      part(circle_evolution(),
           [](const Config& c) -> Values {
             return {{"sizes", Sizes{c.grid}},
                     {"widths", c.trained_widths},
                     {"targets", Words{c.target}},
                     {"steps", c.steps},
                     {"seeds", c.trained_seeds}};
           }),
      part(circle_preconditioning(), [](const Config& c) -> Values {
        return {{"sizes", Sizes{c.sizes.back()}}, {"steps", Index{500}}, {"seeds", Index{5}}};
      })};
}

// One line for each part; the parameterization, which they share, once.
std::vector<Fact> protocol(const Settings& settings) {
  std::vector<Fact> facts = {
      {"parameterization",
       "f(x) = m^(-1/2) sum_j a_j relu(w_j.x + beta_b b_j), a, w ~ N(0, 1), b = 0, no fan-in "
       "division, no output bias"}};
  for (const Part& one : parts()) {
    std::string line;
    for (const Fact& fact : one.experiment.protocol(one.config(settings))) {
      if (fact.name == "parameterization") continue;
      line += fmt::format("{}{}: {}", line.empty() ? "" : "; ", fact.name, fact.value);
    }
    facts.push_back({one.experiment.name, line});
  }
  return facts;
}

const Table& table_of(const std::vector<PartOutcome>& outcomes, const std::string& experiment,
                      const std::string& name) {
  for (const PartOutcome& one : outcomes) {
    if (one.experiment == experiment) return table_named(one.outcome.tables, name);
  }
  throw std::invalid_argument("[spectral_bias] " + experiment + " is no part");
}

Table renamed(const Table& table, const std::string& name) {
  Table result(name, table.columns());
  for (const std::vector<Cell>& row : table.rows()) result.add(row);
  return result;
}

DigestTables digest_tables(const std::vector<PartOutcome>& outcomes) {
  const auto of = [&outcomes](const std::string& experiment, const std::string& name) {
    return table_of(outcomes, experiment, name);
  };
  return {of("circle-spectrum", "spectrum"),
          of("circle-dynamics", "modes"),
          of("circle-sampling", "concentration"),
          of("circle-width", "width"),
          of("circle-alignment", "alignment"),
          of("circle-evolution", "evolution_time"),
          of("circle-evolution", "rates"),
          renamed(of("circle-preconditioning", "modes"), "preconditioned_modes")};
}

Outcome together(const std::vector<Settings>& configs, std::vector<Outcome> outcomes) {
  std::vector<PartOutcome> named;
  std::size_t at = 0;
  for (const Part& one : parts()) {
    named.push_back({one.experiment.name, std::move(outcomes[at])});
    ++at;
  }
  const DigestTables tables = digest_tables(named);
  Outcome result;
  result.claims = spectral_bias_claims(named);
  result.figures = spectral_bias_figures(tables, config_from<SpectralBiasConfig>(configs.front()));
  result.tables = {
      tables.spectrum,  tables.modes,          tables.concentration, tables.width,
      tables.alignment, tables.evolution_time, tables.rates,         tables.preconditioned_modes};
  for (const PartOutcome& one : named) {
    for (const std::string& status : one.outcome.statuses) {
      const std::string line = one.experiment + ": " + status;
      const bool said = std::count(result.statuses.begin(), result.statuses.end(), line) > 0;
      if (!said) result.statuses.push_back(line);
    }
  }
  return result;
}

// Nearly all that is stored are the entries of sample matrices and of width blocks.
Cost outcome_cost(const Settings& settings) {
  const auto config = config_from<SpectralBiasConfig>(settings);
  const double sample = 4300.0 * static_cast<double>(config.sizes.size());
  const double network = 1850.0 * static_cast<double>(config.widths.size());
  const double trained = 1e5 * static_cast<double>(config.trained_seeds) *
                         static_cast<double>(config.trained_widths.size());
  const double records = static_cast<double>(config.seeds) * (sample + network) + trained;
  return {0.6, 1e6 + 1.2 * records};
}

}  // namespace

Experiment spectral_bias() {
  return digest_of({.name = "spectral-bias",
                    .summary = "the circle laboratory on one page: what is learned first, and why",
                    .defaults = settings_of(SpectralBiasConfig{}),
                    .parts = parts(),
                    .probed = 3,
                    .protocol = protocol,
                    .outcome_cost = outcome_cost,
                    .outcome = together});
}

}  // namespace wideband
