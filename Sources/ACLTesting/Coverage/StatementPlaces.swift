import Diagnostics
import WAFModel

/// A leaf statement in a document.
struct LeafPlace {
  /// The statement, by the name that says what it is.
  var place: Place
  /// `ByteMatchStatement on UriPath CONTAINS "/admin"`.
  var name: String
}

extension Statement {
  /// The leaf statements, in the order of the program's leaves: those of a rate-based statement are
  /// those of its scope-down statement.
  func leaves(at place: Place) -> [LeafPlace] {
    let body = place.pointer.appending(wireName)
    func inner(_ statement: Statement, _ path: String...) -> [LeafPlace] {
      let pointer = path.reduce(body) { $0.appending($1) }
      return statement.leaves(at: Place(file: place.file, pointer: pointer))
    }
    switch self {
    case .and(let statement):
      return statement.statements.enumerated().flatMap { inner($1, "Statements", String($0)) }
    case .or(let statement):
      return statement.statements.enumerated().flatMap { inner($1, "Statements", String($0)) }
    case .not(let statement): return inner(statement.statement, "Statement")
    case .rateBased(let statement):
      return statement.scopeDownStatement.map { inner($0, "ScopeDownStatement") } ?? []
    case .managedRuleGroup, .ruleGroupReference: return []
    case .byteMatch, .regexMatch, .regexPatternSetReference, .sizeConstraint, .sqliMatch, .xssMatch,
      .ipSetReference, .geoMatch, .asnMatch, .labelMatch, .opaque:
      return [
        LeafPlace(place: Place(file: place.file, pointer: body, focus: .key), name: inWords)
      ]
    }
  }

  /// The statement in a line.
  private var inWords: String {
    switch self {
    case .byteMatch(let body):
      wireName + on(body.fieldToMatch) + " \(body.positionalConstraint.rawValue) "
        + quoted(String(decoding: body.searchString.bytes, as: UTF8.self))
    case .regexMatch(let body): wireName + on(body.fieldToMatch) + " \(brief(body.regexString))"
    case .regexPatternSetReference(let body):
      wireName + on(body.fieldToMatch) + " \(resource(body.arn))"
    case .sizeConstraint(let body):
      wireName + on(body.fieldToMatch) + " \(body.comparisonOperator.rawValue) \(body.size)"
    case .sqliMatch(let body): wireName + on(body.fieldToMatch)
    case .xssMatch(let body): wireName + on(body.fieldToMatch)
    case .ipSetReference(let body):
      wireName + " \(resource(body.arn))" + by(body.ipSetForwardedIPConfig?.headerName)
    case .geoMatch(let body):
      wireName + " \(brief(body.countryCodes.joined(separator: ", ")))"
        + by(body.forwardedIPConfig?.headerName)
    case .asnMatch(let body):
      wireName + " \(brief(body.asnList.map { String($0) }.joined(separator: ", ")))"
        + by(body.forwardedIPConfig?.headerName)
    case .labelMatch(let body): wireName + " \(body.scope.rawValue) \(brief(body.key))"
    case .and, .or, .not, .rateBased, .managedRuleGroup, .ruleGroupReference, .opaque: wireName
    }
  }

  private func on(_ field: FieldToMatch) -> String {
    let name = field.kind?.rawValue ?? "an unknown component"
    switch field {
    case .singleHeader(let header): return " on \(name) \(brief(header))"
    case .singleQueryArgument(let argument): return " on \(name) \(brief(argument))"
    default: return " on \(name)"
    }
  }

  private func by(_ header: String?) -> String { header.map { " by header \(brief($0))" } ?? "" }

  private func resource(_ arn: String) -> String { brief(ARN(arn)?.name ?? arn) }

  private func quoted(_ text: String) -> String { "\"\(brief(text))\"" }

  private func brief(_ text: String) -> String {
    text.count > 60 ? "\(text.prefix(59))…" : text
  }
}
