#pragma once
#include <arpa/inet.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <string.h>

// The library takes socket addresses and variable argument lists, which Swift cannot make.

// Looks up the four bytes of an IPv4 or the sixteen of an IPv6 address.
static inline MMDB_lookup_result_s wafcast_mmdb_lookup(
    const MMDB_s *database, const unsigned char *address, int count, int *error) {
  if (count == 4) {
    struct sockaddr_in v4;
    memset(&v4, 0, sizeof v4);
    v4.sin_family = AF_INET;
    memcpy(&v4.sin_addr, address, 4);
    return MMDB_lookup_sockaddr(database, (const struct sockaddr *)&v4, error);
  }
  struct sockaddr_in6 v6;
  memset(&v6, 0, sizeof v6);
  v6.sin6_family = AF_INET6;
  memcpy(&v6.sin6_addr, address, 16);
  return MMDB_lookup_sockaddr(database, (const struct sockaddr *)&v6, error);
}

// The value at a path of up to three steps (NULL for none) below an entry.
static inline int wafcast_mmdb_value(
    MMDB_entry_s *entry, const char *first, const char *second, const char *third,
    MMDB_entry_data_s *value) {
  const char *path[4] = {first, second, third, NULL};
  return MMDB_aget_value(entry, value, path);
}
