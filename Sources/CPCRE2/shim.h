#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// Cast macros do not reach Swift; these constants stand for them.
static const size_t WAFCAST_PCRE2_UNSET = PCRE2_UNSET;
static const size_t WAFCAST_PCRE2_ZERO_TERMINATED = PCRE2_ZERO_TERMINATED;
