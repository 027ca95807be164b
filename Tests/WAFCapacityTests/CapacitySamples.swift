import Diagnostics
import DocumentTree
import WAFCapacity
import WAFModel

/// What the suites count.
enum Samples {
  static let any = TextTransformation(priority: 0, type: .none)
  static let lowercase = TextTransformation(priority: 0, type: .lowercase)
  static let urlDecode = TextTransformation(priority: 1, type: .urlDecode)
  static let groupARN =
    "arn:aws:wafv2:eu-central-1:123456789012:regional/rulegroup/partners/11111111"

  static func byteMatch(
    _ field: FieldToMatch = .uriPath, _ transformations: [TextTransformation] = [any],
    _ constraint: PositionalConstraint = .exactly,
    preParse: [PreParseTextTransformationType] = []
  ) -> Statement {
    .byteMatch(
      ByteMatchStatement(
        searchString: SearchString(bytes: Array("/admin".utf8)),
        fieldToMatch: field, textTransformations: transformations,
        preParseTextTransformations: preParse.enumerated().map {
          PreParseTextTransformation(priority: $0.offset, type: $0.element)
        },
        positionalConstraint: constraint))
  }

  static let geo = Statement.geoMatch(GeoMatchStatement(countryCodes: ["DE"]))

  static func rule(
    _ name: String, _ priority: Int, _ statement: Statement, labels: Int = 0
  ) -> Rule {
    Rule(
      name: name, priority: priority, statement: statement, action: .block(BlockAction()),
      ruleLabels: (0..<labels).map { Label(name: "\(name):\($0)") })
  }

  /// Rules named `r0`, `r1`, … in this order.
  static func rules(_ statements: [Statement]) -> [Rule] {
    statements.enumerated().map { rule("r\($0.offset)", $0.offset, $0.element) }
  }

  static func webACL(
    _ rules: [Rule], capacity: Int? = nil, arn: String? = nil
  ) -> Located<WebACL> {
    Located(
      value: WebACL(
        name: "shop", arn: arn, defaultAction: .allow(AllowAction()), rules: rules,
        capacity: capacity),
      file: "acl.json", pointer: JSONPointer(["WebACL"]))
  }

  static func ruleGroup(
    _ rules: [Rule], capacity: Int?, arn: String? = groupARN
  ) -> Located<RuleGroup> {
    Located(
      value: RuleGroup(name: "partners", capacity: capacity, arn: arn, rules: rules),
      file: "group.json", pointer: JSONPointer(["RuleGroup"]))
  }
}
