import WAFModel

/// Where a rule is defined, which fixes the prefix of its labels.
///
/// Source: "Label syntax and naming requirements" of the developer guide (documented). An account
/// or a name that the documents do not tell is written `*` and compares with anything (assumed).
struct LabelContext: Hashable {
  /// The prefix with its trailing colon.
  var prefix: String

  init(_ webACL: WebACL) {
    self.init(
      namespace: webACL.labelNamespace, arn: webACL.arn, kind: "webacl", name: webACL.name)
  }

  init(_ group: RuleGroup, arn: String) {
    self.init(
      namespace: group.labelNamespace, arn: group.arn ?? arn, kind: "rulegroup", name: group.name)
  }

  /// The context of a rule group that is not at hand.
  init(ruleGroupARN arn: String) {
    self.init(namespace: nil, arn: arn, kind: "rulegroup", name: nil)
  }

  private init(namespace: String?, arn: String?, kind: String, name: String?) {
    if let namespace, !namespace.isEmpty {
      prefix = namespace.hasSuffix(":") ? namespace : namespace + ":"
      return
    }
    let parsed = arn.flatMap { ARN($0) }
    let account = parsed.map(\.account).flatMap { $0.isEmpty ? nil : $0 } ?? "*"
    prefix = "awswaf:\(account):\(kind):\(parsed?.name ?? name ?? "*"):"
  }

  func qualified(_ label: Label) -> String {
    prefix + label.name
  }
}
