// RE2::Set: a set of patterns for each kind of field.
#include <re2/re2.h>
#include <re2/set.h>

#include <memory>

#include "patterns.hpp"

int main(int count, char** arguments) {
  Options options(count, arguments);
  auto patterns = load_patterns(options.patterns);
  RE2::Options settings;
  settings.set_log_errors(false);
  settings.set_encoding(RE2::Options::EncodingLatin1);
  settings.set_never_capture(true);
  settings.set_max_mem(256 << 20);
  std::unique_ptr<RE2::Set> sets[SLOTS];
  int64_t start = cpu_nanoseconds();
  for (int slot = 0; slot < SLOTS; slot++) {
    sets[slot] = std::make_unique<RE2::Set>(settings, RE2::UNANCHORED);
    for (auto& pattern : patterns) {
      std::string error;
      if (pattern.looks_at(slot) && sets[slot]->Add(pattern.expression, &error) < 0)
        fail("RE2: " + pattern.name + ": " + error);
    }
    if (!sets[slot]->Compile()) fail("RE2: out of memory");
  }
  int64_t compiling = cpu_nanoseconds() - start;
  measure_fields(options, compiling, [&](const Field& field) {
    // Without a list of what matches, it ends at the first match.
    return sets[field.slot]->Match({field.value.data(), field.value.size()}, nullptr);
  });
}
