// Hyperscan (or Vectorscan): a database of patterns for each kind of field.
#include <hs/hs.h>

#include "patterns.hpp"

static hs_database_t* compile(const std::vector<Pattern>& patterns, int slot) {
  std::vector<const char*> expressions;
  std::vector<unsigned> flags, numbers;
  for (size_t index = 0; index < patterns.size(); index++) {
    if (!patterns[index].looks_at(slot)) continue;
    expressions.push_back(patterns[index].expression.c_str());
    flags.push_back(HS_FLAG_SINGLEMATCH);
    numbers.push_back(unsigned(index));
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(expressions.data(), flags.data(), numbers.data(),
                       unsigned(expressions.size()), HS_MODE_BLOCK, nullptr, &database, &error))
    fail(std::string("Hyperscan: ") + error->message);
  return database;
}

int main(int count, char** arguments) {
  Options options(count, arguments);
  auto patterns = load_patterns(options.patterns);
  hs_database_t* databases[SLOTS];
  hs_scratch_t* scratch = nullptr;
  int64_t start = cpu_nanoseconds();
  for (int slot = 0; slot < SLOTS; slot++) {
    databases[slot] = compile(patterns, slot);
    if (hs_alloc_scratch(databases[slot], &scratch)) fail("Hyperscan: no memory");
  }
  int64_t compiling = cpu_nanoseconds() - start;
  auto found = [](unsigned, unsigned long long, unsigned long long, unsigned, void*) { return 1; };
  measure_fields(options, compiling, [&](const Field& field) {
    return hs_scan(databases[field.slot], field.value.data(), unsigned(field.value.size()), 0,
                   scratch, found, nullptr) == HS_SCAN_TERMINATED;
  });
}
