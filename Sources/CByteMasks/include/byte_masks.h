#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Which bytes of blocks of 64 are what, as one bit a byte, the first one lowest. Swift has vectors but
// no way to ask for these bits that compiles to the instruction machines have for it; clang's vectors
// do, on any machine. Nothing here knows of records.

/// Where the bytes are that the structure of JSON text is made of.
typedef struct {
  uint64_t quotes;
  uint64_t backslashes;
  /// `{` and `[`.
  uint64_t openings;
  /// `}` and `]`.
  uint64_t closings;
  uint64_t colons;
  uint64_t commas;
  uint64_t spaces;
  /// Control characters, the line feed among them.
  uint64_t controls;
} wafcast_json_masks;

/// Fills `masks` with those of the `count` blocks at `bytes`.
void wafcast_mask_json(const void *bytes, size_t count, wafcast_json_masks *masks);

/// The same with the instructions that every machine of this kind has; for tests.
void wafcast_mask_json_anywhere(const void *bytes, size_t count, wafcast_json_masks *masks);

typedef uint8_t wafcast_half_block __attribute__((ext_vector_type(32)));
typedef int8_t wafcast_signed_half_block __attribute__((ext_vector_type(32)));
typedef _Bool wafcast_half_block_bits __attribute__((ext_vector_type(32)));

/// Where plain content of a JSON string ends in the 32 bytes at `bytes` (a quote, a backslash, a control
/// character), in the low half; which bytes are not ASCII, in the high one.
static inline __attribute__((always_inline)) uint64_t wafcast_mask_string(const void *bytes) {
  wafcast_half_block block;
  memcpy(&block, bytes, sizeof block);
  const wafcast_half_block_bits stops = __builtin_convertvector(
      (block == (wafcast_half_block)'"') | (block == (wafcast_half_block)'\\') |
          (block < (wafcast_half_block)' '),
      wafcast_half_block_bits);
  const wafcast_half_block_bits others =
      __builtin_convertvector((wafcast_signed_half_block)block < 0, wafcast_half_block_bits);
  uint32_t halves[2];
  memcpy(&halves[0], &stops, sizeof halves[0]);
  memcpy(&halves[1], &others, sizeof halves[1]);
  return halves[0] | (uint64_t)halves[1] << 32;
}
