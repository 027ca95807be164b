// patterns.tsv: name, slots, `lit` or `rx`, pattern.
#pragma once
#include <cctype>

#include "fields.hpp"

struct Pattern {
  std::string name;
  unsigned slots = 0;  // a bit a slot
  std::string expression;

  bool looks_at(int slot) const { return slots >> slot & 1; }
};

inline std::vector<Pattern> load_patterns(const std::string& path) {
  std::vector<Pattern> patterns;
  std::istringstream lines(contents(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
    if (cells.size() < 4) fail(path + ": " + line);
    Pattern pattern;
    pattern.name = cells[0];
    for (int slot = 0; slot < SLOTS; slot++) {
      std::string list = "," + cells[1] + ",", name = std::string(",") + slot_names[slot] + ",";
      if (cells[1] == "*" || list.find(name) != list.npos) pattern.slots |= 1u << slot;
    }
    if (cells[2] == "rx") pattern.expression = cells[3];
    else
      for (unsigned char byte : cells[3]) {
        if (!isalnum(byte)) pattern.expression += '\\';
        pattern.expression += char(byte);
      }
    patterns.push_back(std::move(pattern));
  }
  return patterns;
}

/// Runs a scan of `matches(field)` over all requests, and stops at the first match of each.
///
/// Mode `scan` splits and transforms before the clock starts, `whole` while it runs.
template <typename Matches>
void measure_fields(const Options& options, int64_t compiling, Matches matches) {
  Requests requests(options.file(), options.limit);
  std::vector<Field> fields;
  if (!options.is("scan")) {
    Transformed transformed;
    measure(options, requests.all.size(), compiling, [&](size_t index) {
      split(requests.all[index], fields);
      transformed.run(fields);
      for (auto& field : transformed.fields)
        if (matches(field)) return true;
      return false;
    });
    return;
  }
  std::vector<Transformed> ready(requests.all.size());
  for (size_t index = 0; index < ready.size(); index++) {
    split(requests.all[index], fields);
    ready[index].run(fields);
  }
  measure(options, ready.size(), compiling, [&](size_t index) {
    for (auto& field : ready[index].fields)
      if (matches(field)) return true;
    return false;
  });
}
