// libmodsecurity 3: a transaction a request, up to the phase of the body.
#include <modsecurity/modsecurity.h>
#include <modsecurity/rules_set.h>
#include <modsecurity/transaction.h>

#include "requests.hpp"

static bool is_blocked(modsecurity::Transaction& transaction) {
  modsecurity::ModSecurityIntervention intervention;
  modsecurity::intervention::clean(&intervention);
  bool answer = transaction.intervention(&intervention);
  modsecurity::intervention::free(&intervention);
  return answer;
}

static const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

int main(int count, char** arguments) {
  Options options(count, arguments);
  modsecurity::ModSecurity engine;
  engine.setServerLogCb([](void*, const void*) {});
  modsecurity::RulesSet rules;
  int64_t start = cpu_nanoseconds();
  if (rules.loadFromUri(options.rules.c_str()) < 0)
    fail("libmodsecurity: " + rules.m_parserError.str());
  int64_t compiling = cpu_nanoseconds() - start;
  Requests requests(options.file(), options.limit);
  measure(options, requests.all.size(), compiling, [&](size_t index) {
    const Request& request = requests.all[index];
    std::string uri(request.path), method(request.method), address(request.address);
    if (!request.query.empty()) uri.append("?").append(request.query);
    modsecurity::Transaction transaction(&engine, &rules, nullptr);
    transaction.processConnection(address.c_str(), 40000, "127.0.0.1", 80);
    transaction.processURI(uri.c_str(), method.c_str(), "1.1");
    for (auto& [name, value] : request.headers)
      transaction.addRequestHeader(bytes(name), name.size(), bytes(value), value.size());
    transaction.processRequestHeaders();
    if (is_blocked(transaction)) return true;
    if (!request.body.empty())
      transaction.appendRequestBody(bytes(request.body), request.body.size());
    transaction.processRequestBody();
    return is_blocked(transaction);
  });
}
