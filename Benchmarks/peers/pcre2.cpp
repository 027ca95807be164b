// PCRE2 with JIT, pattern after pattern: the judge of which requests match.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "patterns.hpp"

int main(int count, char** arguments) {
  Options options(count, arguments);
  auto patterns = load_patterns(options.patterns);
  std::vector<pcre2_code*> codes[SLOTS];
  int64_t start = cpu_nanoseconds();
  for (auto& pattern : patterns) {
    int error;
    PCRE2_SIZE offset;
    auto code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.expression.data()),
                              pattern.expression.size(), PCRE2_NO_AUTO_CAPTURE, &error, &offset,
                              nullptr);
    if (!code || pcre2_jit_compile(code, PCRE2_JIT_COMPLETE)) fail("PCRE2: " + pattern.name);
    for (int slot = 0; slot < SLOTS; slot++)
      if (pattern.looks_at(slot)) codes[slot].push_back(code);
  }
  int64_t compiling = cpu_nanoseconds() - start;
  auto data = pcre2_match_data_create(1, nullptr);
  auto context = pcre2_match_context_create(nullptr);
  measure_fields(options, compiling, [&](const Field& field) {
    auto text = reinterpret_cast<PCRE2_SPTR>(field.value.data());
    for (auto code : codes[field.slot])
      if (pcre2_jit_match(code, text, field.value.size(), 0, 0, data, context) >= 0) return true;
    return false;
  });
}
