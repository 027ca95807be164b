#pragma once
#include <zlib.h>

// inflateInit2 is a macro that Swift cannot see. 15 + 32: any window, gzip or zlib header.
static inline int wafcast_inflate_init(z_stream *stream) {
  return inflateInit2(stream, 15 + 32);
}
