// The experiment kernel-gallery: kernels of wide networks over the angle, and their spectra on
// spheres.
#pragma once

#include <string>
#include <vector>

#include "wideband/experiment/experiment.hpp"

namespace wideband {

struct GalleryConfig {
  std::vector<std::string> domains = {"circle", "sphere2", "sphere9"};
  std::vector<std::string> activations = {"relu", "erf", "gelu"};
  std::vector<Index> depths = {1, 2, 3, 5, 10};
  double W = 1.4142135623730951;
  std::vector<double> biases = {0, 0.5};
  Index cutoff = 64;
  Index angles = 181;
};

template <class Visitor>
void visit_fields(GalleryConfig& config, Visitor&& visit) {
  visit("domains", config.domains,
        Field{.meaning = "spheres of the spectra", .choices = {"circle", "sphere2", "sphere9"}});
  visit("activations", config.activations, Field{.meaning = "activations, as in --net"});
  visit("depths", config.depths,
        Field{.meaning = "numbers L of activations", .minimum = 1, .maximum = 100});
  visit("W", config.W,
        Field{.meaning = "deviation of all weights", .minimum = 0, .exclusive = true});
  visit("biases", config.biases,
        Field{.meaning = "deviations b of all biases; 0: without biases", .minimum = 0});
  visit("cutoff", config.cutoff,
        Field{.meaning = "largest degree k of the spectra", .minimum = 8, .maximum = 4096});
  visit("angles", config.angles,
        Field{.meaning = "angles of the profiles, 0 to pi", .minimum = 2, .maximum = 100000});
}

/// All networks of one activation.
struct GalleryTask {
  std::string activation;
  std::vector<std::string> domains;
  std::vector<Index> depths;
  double W = 1;
  std::vector<double> biases;
  Index cutoff = 0;
  Index angles = 0;
};

template <class Visitor>
void visit_fields(GalleryTask& task, Visitor&& visit) {
  visit("activation", task.activation, Field{.meaning = "activation"});
  visit("domains", task.domains, Field{.meaning = "spheres"});
  visit("depths", task.depths, Field{.meaning = "numbers of activations"});
  visit("W", task.W, Field{.meaning = "deviation of the weights"});
  visit("biases", task.biases, Field{.meaning = "deviations of the biases"});
  visit("cutoff", task.cutoff, Field{.meaning = "largest degree k"});
  visit("angles", task.angles, Field{.meaning = "angles of the profiles"});
}

/// "dense W=1.5 b=none | relu | dense W=1.5 b=none" for depth 1 and b = 0.
std::string gallery_net(const std::string& activation, Index depth, double W, double b);

/// One task for each activation.
std::vector<GalleryTask> gallery_tasks(const GalleryConfig& config);

/// The record of a task. Pure, one thread.
Record gallery_record(const GalleryTask& task);

/// The experiment for the registry.
Experiment kernel_gallery();

}  // namespace wideband
