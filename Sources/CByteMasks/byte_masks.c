#include "byte_masks.h"

typedef uint8_t block __attribute__((ext_vector_type(64)));
typedef _Bool block_bits __attribute__((ext_vector_type(64)));

#define BITS(condition)                                                  \
  __extension__({                                                        \
    const block_bits bits = __builtin_convertvector((condition), block_bits); \
    uint64_t result;                                                     \
    memcpy(&result, &bits, sizeof result);                               \
    result;                                                              \
  })

// Inlined into a function for each kind of machine: the compiler makes of it what that machine has.
static inline __attribute__((always_inline)) void mask_json(
    const char *bytes, size_t count, wafcast_json_masks *masks) {
  for (size_t index = 0; index < count; index++) {
    block bytes_at_hand;
    memcpy(&bytes_at_hand, bytes + index * sizeof bytes_at_hand, sizeof bytes_at_hand);
    // `[` and `]` differ from `{` and `}` in this bit, and no other byte becomes one of these.
    const block folded = bytes_at_hand | (block)0x20;
    masks[index].quotes = BITS(bytes_at_hand == (block)'"');
    masks[index].backslashes = BITS(bytes_at_hand == (block)'\\');
    masks[index].openings = BITS(folded == (block)'{');
    masks[index].closings = BITS(folded == (block)'}');
    masks[index].colons = BITS(bytes_at_hand == (block)':');
    masks[index].commas = BITS(bytes_at_hand == (block)',');
    masks[index].spaces = BITS(bytes_at_hand == (block)' ');
    masks[index].controls = BITS(bytes_at_hand < (block)' ');
  }
}

void wafcast_mask_json_anywhere(const void *bytes, size_t count, wafcast_json_masks *masks) {
  mask_json(bytes, count, masks);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void mask_json_avx2(
    const void *bytes, size_t count, wafcast_json_masks *masks) {
  mask_json(bytes, count, masks);
}

void wafcast_mask_json(const void *bytes, size_t count, wafcast_json_masks *masks) {
  if (__builtin_cpu_supports("avx2")) {
    mask_json_avx2(bytes, count, masks);
  } else {
    wafcast_mask_json_anywhere(bytes, count, masks);
  }
}
#else
void wafcast_mask_json(const void *bytes, size_t count, wafcast_json_masks *masks) {
  wafcast_mask_json_anywhere(bytes, count, masks);
}
#endif
