// simdjson, on demand: reads the members of AWS WAF log records that a replay needs, nothing more.
#include <simdjson.h>

#include "requests.hpp"

int main(int count, char** arguments) {
  Options options(count, arguments);
  auto json = simdjson::padded_string::load(options.file());
  if (json.error()) fail(options.file() + " can't be read");
  std::vector<int64_t> times;
  size_t records = 0, bytes = 0;
  for (int round = 0; round < options.warm_ups + options.rounds; round++) {
    records = 0;
    int64_t start = cpu_nanoseconds();
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document_stream stream = parser.iterate_many(json.value(), 1 << 20);
    for (auto document : stream) {
      auto text = [&](std::string_view value) { bytes += value.size(); };
      bytes += size_t(int64_t(document["timestamp"]) & 1);
      text(document["action"]);
      auto request = document["httpRequest"];
      text(request["clientIp"]);
      for (auto header : request["headers"]) {
        text(header["name"]);
        text(header["value"]);
      }
      text(request["uri"]);
      text(request["args"]);
      text(request["httpMethod"]);
      records++;
    }
    if (round >= options.warm_ups) times.push_back(cpu_nanoseconds() - start);
  }
  if (bytes == 1) fputs("\n", stderr);  // so that the values are needed
  print(records, 0, times);
}
