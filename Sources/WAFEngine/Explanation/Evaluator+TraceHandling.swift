import WAFProgram
import WAFRequests

extension Evaluator {
  /// What is added to requests and answers, with the labels on the request filled in.
  func traced(
    _ handling: CustomHandling, labels: [String], _ record: borrowing RequestRecord
  ) -> TraceHandling {
    var result = TraceHandling.none
    for header in handling.inserted {
      result.insertedHeaders.append(traced(header, labels: labels, record))
    }
    guard let answer = handling.answer else { return result }
    var response = TraceResponse(
      status: Int(answer.code), headers: [], contentType: answer.contentType,
      body: answer.body?.text(labels: labels, record))
    for header in answer.headers {
      response.headers.append(traced(header, labels: labels, record))
    }
    result.response = response
    return result
  }

  private func traced(
    _ header: TemplateHeader, labels: [String], _ record: borrowing RequestRecord
  ) -> TraceHeader {
    TraceHeader(name: header.name, value: header.value.text(labels: labels, record))
  }

  /// What a rate-based rule counts, and whether the record has a key for it.
  mutating func traced(rate index: Int, _ record: borrowing RequestRecord) -> TraceRate {
    let rate = program.rates[index]
    var keys: [String] = []
    for key in rate.keys { keys.append(title(of: key)) }
    var scopeDown: TraceStatement?
    if let formula = rate.scopeDownFormula { scopeDown = traced(formula, record) }
    let hasKey = rateKey(index, record).presence.value
    return TraceRate(
      limit: rate.limit, windowSeconds: rate.windowSeconds, keys: keys,
      hasKey: TraceOutcome(hasKey), scopeDown: scopeDown)
  }
}
