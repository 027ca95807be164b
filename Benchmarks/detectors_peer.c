// libinjection over the values of a file, timed as `wafcast-evaluate time` times our detectors.
//
//   detectors_peer LIBRARY FILE ROUNDS
//
// The values stand one after the other, each behind its length in four bytes, lowest first. A line
// a detector is written: its name, nanoseconds a value in the quickest round, values found.

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef int (*sqli_function)(const char *, size_t, char *);
typedef int (*xss_function)(const char *, size_t);

struct value {
  const char *bytes;
  size_t count;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int fail(const char *message) {
  fprintf(stderr, "detectors_peer: %s\n", message);
  return 2;
}

int main(int count, char **arguments) {
  if (count != 4) return fail("usage: detectors_peer LIBRARY FILE ROUNDS");
  void *library = dlopen(arguments[1], RTLD_NOW);
  if (library == NULL) return fail(dlerror());
  sqli_function sqli = (sqli_function)dlsym(library, "libinjection_sqli");
  xss_function xss = (xss_function)dlsym(library, "libinjection_xss");
  if (sqli == NULL || xss == NULL) return fail("the library has no libinjection");

  FILE *file = fopen(arguments[2], "rb");
  if (file == NULL) return fail("the file can't be read");
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  unsigned char *bytes = size > 0 ? malloc((size_t)size) : NULL;
  if (bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size) {
    return fail("the file can't be read");
  }
  fclose(file);

  struct value *values = malloc(sizeof(struct value) * ((size_t)size / 4 + 1));
  if (values == NULL) return fail("out of memory");
  size_t total = 0;
  for (size_t index = 0; index + 4 <= (size_t)size;) {
    size_t length = (size_t)bytes[index] | (size_t)bytes[index + 1] << 8
      | (size_t)bytes[index + 2] << 16 | (size_t)bytes[index + 3] << 24;
    index += 4;
    if (length > (size_t)size - index) return fail("the file ends within a value");
    values[total].bytes = (const char *)bytes + index;
    values[total].count = length;
    total += 1;
    index += length;
  }
  if (total == 0) return fail("the file has no values");

  int rounds = atoi(arguments[3]);
  for (int detector = 0; detector < 2; detector++) {
    double best = 0;
    size_t found = 0;
    for (int round = 0; round < rounds || round == 0; round++) {
      double start = now(), elapsed = 0;
      size_t passes = 0;
      do {
        found = 0;
        for (size_t index = 0; index < total; index++) {
          char fingerprint[16];
          found += detector == 0
            ? sqli(values[index].bytes, values[index].count, fingerprint) != 0
            : xss(values[index].bytes, values[index].count) != 0;
        }
        passes += 1;
        elapsed = now() - start;
      } while (elapsed < 20e6);
      double nanoseconds = elapsed / ((double)total * (double)passes);
      if (round == 0 || nanoseconds < best) best = nanoseconds;
    }
    printf("%s %.1f %zu\n", detector == 0 ? "sqli" : "xss", best, found);
  }
  return 0;
}
