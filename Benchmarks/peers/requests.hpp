// The neutral form of generated requests (forms.py) in memory, and what each peer is told by its
// command line. Everything is read before a clock starts.
#pragma once
#include <time.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

[[noreturn]] inline void fail(const std::string& message) {
  fprintf(stderr, "error: %s\n", message.c_str());
  exit(2);
}

struct Request {
  std::string_view method, path, query, version, address, body;
  std::vector<std::pair<std::string_view, std::string_view>> headers;
};

inline std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(path + " can't be read");
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

/// The requests of a file; they point into its bytes.
struct Requests {
  std::string bytes;
  std::vector<Request> all;

  Requests(const std::string& path, size_t limit) : bytes(contents(path)) {
    const std::string magic = "WAFREQ1\n";
    if (bytes.compare(0, magic.size(), magic) != 0) fail(path + " has another form");
    at = magic.size();
    while (at < bytes.size() && all.size() < limit) {
      Request request;
      for (auto part : {&request.method, &request.path, &request.query, &request.version,
                        &request.address, &request.body})
        *part = text();
      for (uint32_t left = number(); left > 0; left--) {
        auto name = text();
        request.headers.emplace_back(name, text());
      }
      all.push_back(std::move(request));
    }
  }

 private:
  size_t at = 0;

  uint32_t number() {
    uint32_t value;
    if (bytes.size() - at < sizeof value) fail("the requests end too early");
    memcpy(&value, bytes.data() + at, sizeof value);
    at += sizeof value;
    return value;
  }

  std::string_view text() {
    size_t count = number();
    if (bytes.size() - at < count) fail("the requests end too early");
    std::string_view value(bytes.data() + at, count);
    at += count;
    return value;
  }
};

/// PEER [MODE] REQUESTS [--patterns FILE] [--rules FILE] [--rounds N] [--warm-ups N] [--limit N]
/// [--matching FILE]
struct Options {
  std::string patterns, rules, matching;
  int rounds = 1, warm_ups = 1;
  size_t limit = SIZE_MAX;
  std::vector<std::string> words;

  Options(int count, char** arguments) {
    for (int index = 1; index < count; index++) {
      std::string name = arguments[index];
      if (name.compare(0, 2, "--") != 0) {
        words.push_back(name);
        continue;
      }
      if (++index == count) fail(name + " needs a value");
      std::string value = arguments[index];
      if (name == "--patterns") patterns = value;
      else if (name == "--rules") rules = value;
      else if (name == "--matching") matching = value;
      else if (name == "--rounds") rounds = std::stoi(value);
      else if (name == "--warm-ups") warm_ups = std::stoi(value);
      else if (name == "--limit") limit = std::stoul(value);
      else fail(name + " is no option");
    }
    if (words.empty()) fail("no requests named");
  }

  const std::string& file() const { return words.back(); }
  bool is(const char* mode) const { return words.size() > 1 && words.front() == mode; }
};

inline int64_t cpu_nanoseconds() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return int64_t(time.tv_sec) * 1000000000 + time.tv_nsec;
}

/// Prints a line of JSON as wafcast-bench does.
inline void print(size_t requests, size_t matching, const std::vector<int64_t>& times,
                  int64_t compiling = -1) {
  printf("{\"requests\": %zu, \"matching\": %zu", requests, matching);
  if (compiling >= 0) printf(", \"compiling\": %lld", static_cast<long long>(compiling));
  printf(", \"nanoseconds\": [");
  for (size_t round = 0; round < times.size(); round++)
    printf("%s%lld", round ? ", " : "", static_cast<long long>(times[round]));
  printf("]}\n");
}

/// Times `matches(number of a request)`, round after round, and says which requests match.
template <typename Matches>
void measure(const Options& options, size_t requests, int64_t compiling, Matches matches) {
  std::vector<int64_t> times;
  size_t matching = 0;
  for (int round = 0; round < options.warm_ups + options.rounds; round++) {
    matching = 0;
    int64_t start = cpu_nanoseconds();
    for (size_t index = 0; index < requests; index++) matching += matches(index) ? 1 : 0;
    if (round >= options.warm_ups) times.push_back(cpu_nanoseconds() - start);
  }
  if (!options.matching.empty()) {
    std::ofstream file(options.matching);
    for (size_t index = 0; index < requests; index++)
      if (matches(index)) file << index << "\n";
  }
  print(requests, matching, times, compiling);
}
