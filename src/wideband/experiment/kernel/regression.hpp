// The experiment table-regression: kernel, prediction, likelihood and leave-one-out on a table of
// labeled images.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct RegressionConfig {
  std::string data = "/usr/share/datasets/fashion-mnist";
  Index rows = 4000;
  Index test_rows = 10000;
  std::vector<std::string> nets = {"dense W=1.4142135623730951 | relu | dense",
                                   "dense W=1.5 b=0.1 | relu | dense W=1.5 b=0.1 | relu | "
                                   "dense W=1.5 b=0.1 | relu | dense W=1.5 b=0.1",
                                   "dense W=2 b=0.1 | erf | dense W=2 b=0.1"};
  std::vector<std::string> laws = {"nngp", "ntk_gp"};
  std::vector<double> ridges = {1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 1};
};

template <class Visitor>
void visit_fields(RegressionConfig& config, Visitor&& visit) {
  visit("data", config.data,
        Field{.meaning = "folder with {train,t10k}-{images-idx3,labels-idx1}-ubyte.gz"});
  visit("rows", config.rows,
        Field{.meaning = "first training rows n", .minimum = 20, .maximum = 60000});
  visit("test_rows", config.test_rows,
        Field{.meaning = "first test rows m", .minimum = 20, .maximum = 10000});
  visit("nets", config.nets, Field{.meaning = "networks, as in --net"});
  visit("laws", config.laws, Field{.meaning = "laws", .choices = {"nngp", "ntk", "ntk_gp"}});
  visit("ridges", config.ridges,
        Field{.meaning = "ridges over trace/n", .minimum = 0, .exclusive = true});
}

/// One network under one law, at all ridges.
struct RegressionTask {
  std::string data;
  Index rows = 0;
  Index test_rows = 0;
  std::string net;
  std::string law;
  std::vector<double> ridges;
};

template <class Visitor>
void visit_fields(RegressionTask& task, Visitor&& visit) {
  visit("data", task.data, Field{.meaning = "folder of the table"});
  visit("rows", task.rows, Field{.meaning = "training rows"});
  visit("test_rows", task.test_rows, Field{.meaning = "test rows"});
  visit("net", task.net, Field{.meaning = "network"});
  visit("law", task.law, Field{.meaning = "law"});
  visit("ridges", task.ridges, Field{.meaning = "ridges over trace/n"});
}

std::vector<RegressionTask> regression_tasks(const RegressionConfig& config);

/// The record of a task. Pure but for the files that it reads, one thread.
///
/// throws   UnavailableError naming the package where the data set is missing
Record regression_record(const RegressionTask& task);

/// The experiment for the registry.
Experiment table_regression();

}  // namespace wideband
