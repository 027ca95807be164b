#ifndef WAFCAST_RULESETS_H
#define WAFCAST_RULESETS_H

#include <stddef.h>

/// A managed rule group file inside the binary.
typedef struct {
  /// The file's name without its extension, which is the rule group's name.
  const char *_Nonnull name;
  /// The file's bytes; they live as long as the process.
  const unsigned char *_Nonnull bytes;
  /// How many bytes there are.
  size_t size;
} wafcast_ruleset;

/// How many files there are.
size_t wafcast_ruleset_count(void);

/// The file at an index below the count; an index beyond it gives a file of no bytes.
wafcast_ruleset wafcast_ruleset_at(size_t index);

#endif
