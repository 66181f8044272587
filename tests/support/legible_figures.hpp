// What every figure of an experiment must have before it is drawn.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wideband/experiment/figure.hpp"

namespace wideband::test {

// Every panel shows something; curves stand beside theory where a panel has curves.
inline void expect_legible(const std::vector<Figure>& figures) {
  std::set<std::string> names;
  for (const Figure& figure : figures) {
    EXPECT_TRUE(names.insert(figure.name).second) << figure.name;
    EXPECT_FALSE(figure.caption.empty()) << figure.name;
    EXPECT_FALSE(figure.panels.empty()) << figure.name;
    for (const Panel& panel : figure.panels) {
      EXPECT_TRUE(panel.heat || !panel.series.empty()) << figure.name;
      EXPECT_LE(panel.series.size(), 8U) << figure.name;
      for (const Series& series : panel.series)
        EXPECT_FALSE(series.x.empty()) << figure.name << ": " << series.label;
    }
    EXPECT_NO_THROW(gnuplot_script(figure, "figure.svg")) << figure.name;
  }
}

}  // namespace wideband::test
