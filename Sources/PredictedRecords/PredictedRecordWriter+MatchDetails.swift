import Bytes
import NativeRecords
import WAFEngine
import WAFProgram

extension PredictedRecordWriter {
  /// What detectors of SQL injection and cross-site scripting found, as the log tells it.
  ///
  /// Source: "Log examples" of the developer guide (documented: only these two kinds of statement
  /// have match details; the tokens that decided are in `matchedData`).
  func appendMatchDetails(
    of rule: RuleIndex?, _ details: VerdictDetails, to line: inout [UInt8]
  ) {
    line.append("[")
    var isFirst = true
    for match in details.matches where match.rule == rule {
      line.append(isFirst ? "{\"conditionType\":" : ",{\"conditionType\":")
      isFirst = false
      switch match.detector {
      case .sqlInjectionLow: line.append("\"SQL_INJECTION\",\"sensitivityLevel\":\"LOW\"")
      case .sqlInjectionHigh: line.append("\"SQL_INJECTION\",\"sensitivityLevel\":\"HIGH\"")
      case .crossSiteScripting: line.append("\"XSS\"")
      }
      let field = program.fields[match.field]
      let name = details.texts.span.extracting(match.name.bounds)
      line.append(",\"location\":\"")
      line.append(contentsOf: field.logLocation.utf8)
      line.append("\",\"matchedData\":[")
      if request.masksSecrets && mayBeSecret(field, name, match, details) {
        line.append("\"REDACTED\"")
      } else {
        for (index, token) in match.tokens.enumerated() {
          if index > 0 { line.append(",") }
          line.appendJSON(details.texts.span.extracting(token.bounds))
        }
      }
      line.append("]")
      if name.count > 0 {
        line.append(",\"matchedFieldName\":")
        line.appendJSON(name)
      }
      line.append("}")
    }
    line.append("]")
  }

  /// Whether what a detector found may be a secret: pieces of a value that is masked elsewhere in the
  /// record, or of a body, which is not in a log and may be a form with a password.
  private func mayBeSecret(
    _ field: Field, _ name: Span<UInt8>, _ match: MatchDetail, _ details: VerdictDetails
  ) -> Bool {
    let value = details.texts.span.extracting(match.value.bounds)
    if SecretMask.hasSecret(query: value) || SecretMask.hasSecret(path: value) { return true }
    switch field {
    case .cookies, .body, .jsonBody: return true
    case .singleHeader(let header): return SecretMask.isSecret(headerName: header.span)
    case .headers: return SecretMask.isSecret(headerName: name)
    case .singleQueryArgument(let argument, _):
      return SecretMask.isSecret(argumentName: argument.span)
    case .allQueryArguments: return SecretMask.isSecret(argumentName: name)
    case .uriPath, .queryString, .uriFragment, .method, .headerOrder, .ja3Fingerprint,
      .ja4Fingerprint:
      return false
    }
  }
}
