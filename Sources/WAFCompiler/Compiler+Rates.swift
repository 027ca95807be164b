import Diagnostics
import Transforms
import WAFModel
import WAFProgram

extension Compiler {
  /// A rate-based statement: only ever the whole statement of a rule.
  mutating func lower(
    _ rate: RateBasedStatement, _ scope: RuleScope, pointer: JSONPointer
  ) -> Formula {
    var keys: [RateRule.Key] = []
    switch rate.aggregateKeyType {
    case .ip: keys = [.address(source: 0)]
    case .forwardedIP: keys = [.address(source: forwardedSource(rate, scope))]
    case .constant: break
    case .customKeys:
      for key in rate.customKeys {
        guard let part = lower(key, rate, scope) else {
          return unknown("statement:RateBasedStatement", "rate by an unknown transformation")
        }
        keys.append(part)
      }
    }
    let scopeDown = rate.scopeDownStatement.map {
      lower($0, scope, pointer: pointer.appending("ScopeDownStatement"))
    }
    return .leaf(
      builder.rate(
        limit: rate.limit, windowSeconds: rate.evaluationWindowSec ?? Self.defaultRateWindow,
        keys: keys, scopeDown: scopeDown))
  }

  /// The API's default of `EvaluationWindowSec` (documented).
  static let defaultRateWindow = 300

  private mutating func forwardedSource(_ rate: RateBasedStatement, _ scope: RuleScope) -> Int {
    builder.addressSource(source(rate.forwardedIPConfig, scope))
  }

  private mutating func lower(
    _ key: RateBasedStatementCustomKey, _ rate: RateBasedStatement, _ scope: RuleScope
  ) -> RateRule.Key? {
    switch key {
    case .ip: return .address(source: 0)
    case .forwardedIP: return .address(source: forwardedSource(rate, scope))
    case .asn: return .asn(source: forwardedSource(rate, scope))
    case .httpMethod: return value(.method, [])
    case .header(let header):
      return value(
        .singleHeader(name: FieldToMatch.headerName(header.name)), header.textTransformations)
    case .cookie(let cookie):
      let selection = PartSelection(
        pattern: .included([Array(cookie.name.utf8)]), scope: .value)
      return value(.cookies(selection), cookie.textTransformations)
    case .queryArgument(let argument):
      return value(
        FieldToMatch.singleQueryArgument(name: argument.name).engineField(),
        argument.textTransformations)
    case .queryString(let query): return value(.queryString, query.textTransformations)
    case .uriPath(let path): return value(.uriPath, path.textTransformations)
    case .labelNamespace(let namespace):
      let pattern = LabelPattern(
        scope: .namespace, key: namespace.namespace, context: scope.context.prefix)
      return .labels(builder.labelKey(pattern))
    case .ja3Fingerprint(let fingerprint):
      return value(.ja3Fingerprint(fingerprint.fallbackBehavior.engineFallback), [])
    case .ja4Fingerprint(let fingerprint):
      return value(.ja4Fingerprint(fingerprint.fallbackBehavior.engineFallback), [])
    }
  }

  private mutating func value(
    _ field: Field?, _ transformations: [WAFModel.TextTransformation]
  ) -> RateRule.Key? {
    guard let field, case .success(let chain) = Self.chain(transformations) else { return nil }
    return .value(builder.slot(field, chain))
  }
}
