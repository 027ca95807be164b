import Diagnostics
package import DocumentTree

extension RuleObservation.Evidence: WireWord {}

extension RuleObservation: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let evidence: Evidence? = object.required("Evidence")
    let date: String? = object.optional("Date")
    let source: String? = object.required("Source")
    let note: String? = object.optional("Note")
    let report: Report?
    if object.has("Unusable") {
      let why: String? = object.required("Unusable")
      let outcome: String? = object.required("Outcome")
      report = why.flatMap { why in outcome.map { .unusable(outcome: $0, why: why) } }
    } else {
      let request: Request? = object.required("Request")
      let matched: Bool? = object.required("Matched")
      let disagrees: String? = object.optional("Disagrees")
      report = request.flatMap { request in
        matched.map { .request(request, matched: $0, disagrees: disagrees) }
      }
    }
    object.finish()
    guard !object.isBroken, let evidence, let source, let report else { return nil }
    self.init(report: report, evidence: evidence, date: date, source: source, note: note)
  }
}

extension RuleObservation.Request: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let method: String? = object.required("Method")
    let uri: String? = object.required("Uri")
    let headers: [Header] = object.list("Headers")
    let body: String? = object.optional("Body")
    object.finish()
    guard !object.isBroken, let method, let uri else { return nil }
    self.init(method: method, uri: uri, headers: headers, body: body)
  }
}

/// Written as a pair: `["user-agent", "curl/8.5.0"]`.
extension RuleObservation.Request.Header: TreeReadable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard let parts = cursor.elements, parts.count == 2,
      let name = String(reading: parts[0], in: context),
      let value = String(reading: parts[1], in: context)
    else {
      context.wrongType(cursor, expected: "a name and a value in an array")
      return nil
    }
    self.init(name: name, value: value)
  }
}
