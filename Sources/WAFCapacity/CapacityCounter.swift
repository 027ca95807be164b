import Diagnostics
import ManagedRules
import WAFModel

/// Goes over the rules of one web ACL or rule group and adds up what they use.
struct CapacityCounter {
  let bundle: DocumentBundle
  let catalogue: RulesetCatalogue
  /// Whether rule groups without a capacity of their own are counted; not inside of rule groups,
  /// which may not use others, and might go round in circles.
  let countsRuleGroups: Bool
  /// The rule that was charged for a transformation.
  private var charged: [SharedTransformation: String] = [:]

  init(bundle: DocumentBundle, catalogue: RulesetCatalogue, countsRuleGroups: Bool) {
    self.bundle = bundle
    self.catalogue = catalogue
    self.countsRuleGroups = countsRuleGroups
  }

  /// Counts a rule.
  ///
  /// - Parameters:
  ///   - pointer: where the rule is.
  ///   - body: where its statement is.
  mutating func count(
    _ name: String, _ statement: Statement, at pointer: JSONPointer, statement body: JSONPointer
  ) -> RuleCapacity {
    var rule = RuleCapacity(name: name, pointer: pointer)
    add(statement, at: body, to: &rule)
    return rule
  }

  private mutating func add(
    _ statement: Statement, at pointer: JSONPointer, to rule: inout RuleCapacity
  ) {
    let body = pointer.appending(statement.wireName)
    func plain(_ wcu: Int, _ detail: String? = nil) -> CapacityPart {
      let subject = statement.wireName + (detail.map { " " + $0 } ?? "")
      return CapacityPart(.statement, subject, at: body, Capacity(wcu))
    }
    switch statement {
    case .byteMatch(let match):
      inspect(
        match.fieldToMatch, match.textTransformations, match.preParseTextTransformations, at: body,
        by: plain(
          CapacityTable.byteMatch(match.positionalConstraint),
          match.positionalConstraint.rawValue),
        for: &rule)
    case .regexMatch(let match):
      inspect(
        match.fieldToMatch, match.textTransformations, match.preParseTextTransformations, at: body,
        by: plain(CapacityTable.regexMatch), for: &rule)
    case .regexPatternSetReference(let match):
      inspect(
        match.fieldToMatch, match.textTransformations, match.preParseTextTransformations, at: body,
        by: plain(CapacityTable.regexPatternSetReference), for: &rule)
    case .sizeConstraint(let match):
      inspect(
        match.fieldToMatch, match.textTransformations, match.preParseTextTransformations, at: body,
        by: plain(CapacityTable.sizeConstraint), for: &rule)
    case .sqliMatch(let match):
      let level = match.sensitivityLevel ?? .low
      inspect(
        match.fieldToMatch, match.textTransformations, match.preParseTextTransformations, at: body,
        by: plain(CapacityTable.sqliMatch(level), level.rawValue), for: &rule)
    case .xssMatch(let match):
      inspect(
        match.fieldToMatch, match.textTransformations, match.preParseTextTransformations, at: body,
        by: plain(CapacityTable.xssMatch), for: &rule)
    case .ipSetReference(let match):
      if match.ipSetForwardedIPConfig?.position == .any {
        rule.add(
          plain(
            CapacityTable.ipSetReference + CapacityTable.anyForwardedAddress,
            ForwardedIPPosition.any.rawValue))
      } else {
        rule.add(plain(CapacityTable.ipSetReference))
      }
    case .geoMatch: rule.add(plain(CapacityTable.geoMatch))
    case .asnMatch: rule.add(plain(CapacityTable.asnMatch))
    case .labelMatch: rule.add(plain(CapacityTable.labelMatch))
    case .and(let nested):
      for (index, statement) in nested.statements.enumerated() {
        add(statement, at: body.appending("Statements").appending(index), to: &rule)
      }
    case .or(let nested):
      for (index, statement) in nested.statements.enumerated() {
        add(statement, at: body.appending("Statements").appending(index), to: &rule)
      }
    case .not(let nested):
      add(nested.statement, at: body.appending("Statement"), to: &rule)
    case .rateBased(let rate):
      rule.add(plain(CapacityTable.rateBased))
      addKeys(of: rate, at: body, to: &rule)
      addScopeDown(rate.scopeDownStatement, at: body, to: &rule)
    case .managedRuleGroup(let group):
      add(group, at: body, to: &rule)
      addScopeDown(group.scopeDownStatement, at: body, to: &rule)
    case .ruleGroupReference(let reference):
      add(reference, at: body, to: &rule)
    case .opaque(let unknown):
      rule.add(
        UnknownCapacity("the statement '\(unknown.kind)' is not known", at: body))
    }
  }

  private mutating func addScopeDown(
    _ statement: Statement?, at body: JSONPointer, to rule: inout RuleCapacity
  ) {
    guard let statement else { return }
    add(statement, at: body.appending("ScopeDownStatement"), to: &rule)
  }

  // MARK: Components

  /// Adds a statement that inspects a component, with what the component and its preparation use.
  private mutating func inspect(
    _ field: FieldToMatch, _ transformations: [TextTransformation],
    _ preParse: [PreParseTextTransformation], at body: JSONPointer, by statement: CapacityPart,
    for rule: inout RuleCapacity
  ) {
    rule.add(statement)
    let name = Self.name(of: field)
    let place = body.appending("FieldToMatch")
    switch CapacityTable.surcharge(field) {
    case .nothing: break
    case .doubledBase:
      rule.add(CapacityPart(.jsonBody, "doubled for \(name)", at: place, statement.capacity))
    case .fixed(let wcu):
      rule.add(CapacityPart(.allQueryArguments, name, at: place, Capacity(wcu)))
    case .unknown:
      rule.add(UnknownCapacity("the component '\(name)' is not known", at: place))
    }
    let preParseList = body.appending("PreParseTextTransformations")
    for (index, step) in preParse.enumerated() {
      let capacity = CapacityTable.preParseTextTransformation(step.type)
      rule.add(
        CapacityPart(
          .preParseTextTransformation, "\(step.type.rawValue) before parsing",
          at: preParseList.appending(index), capacity))
    }
    let list = body.appending("TextTransformations")
    for (index, step) in transformations.enumerated() {
      let wcu = CapacityTable.textTransformation(step.type)
      guard wcu > 0 else { continue }
      let work = SharedTransformation(step.type, of: field, preParse: preParse)
      let first = charged[work]
      if first == nil { charged[work] = rule.name }
      rule.add(
        CapacityPart(
          .textTransformation, "\(step.type.wireName) on \(name)", at: list.appending(index),
          Capacity(estimate: first == nil ? wcu : 0, upperBound: wcu), sharedWith: first))
    }
  }

  private static func name(of field: FieldToMatch) -> String {
    switch field {
    case .singleHeader(let name), .singleQueryArgument(let name):
      (field.kind?.rawValue ?? "") + " '\(name)'"
    case .opaque(let kind, _): kind
    case .method, .uriPath, .queryString, .allQueryArguments, .cookies, .body, .jsonBody,
      .headers, .headerOrder, .ja3Fingerprint, .ja4Fingerprint, .uriFragment:
      field.kind?.rawValue ?? ""
    }
  }

  // MARK: Rates

  private func addKeys(
    of rate: RateBasedStatement, at body: JSONPointer, to rule: inout RuleCapacity
  ) {
    for (index, key) in rate.customKeys.enumerated() {
      let place = body.appending("CustomKeys").appending(index).appending(key.kind.rawValue)
      rule.add(
        CapacityPart(
          .customKey, "custom key \(key.kind.rawValue)", at: place,
          Capacity(CapacityTable.customKey)))
      let list = place.appending("TextTransformations")
      for (index, step) in Self.transformations(of: key).enumerated() where step.type != .none {
        rule.add(
          CapacityPart(
            .customKeyTransformation, "\(step.type.wireName) of a custom key",
            at: list.appending(index), CapacityTable.customKeyTransformation))
      }
    }
  }

  private static func transformations(
    of key: RateBasedStatementCustomKey
  ) -> [TextTransformation] {
    switch key {
    case .header(let key): key.textTransformations
    case .cookie(let key): key.textTransformations
    case .queryArgument(let key): key.textTransformations
    case .queryString(let key): key.textTransformations
    case .uriPath(let key): key.textTransformations
    case .httpMethod, .forwardedIP, .ip, .labelNamespace, .ja3Fingerprint, .ja4Fingerprint, .asn:
      []
    }
  }

  // MARK: Rule groups

  /// A group of a vendor uses what the vendor says, whatever is overridden in it.
  private func add(
    _ statement: ManagedRuleGroupStatement, at body: JSONPointer, to rule: inout RuleCapacity
  ) {
    guard let group = catalogue.group(vendorName: statement.vendorName, name: statement.name) else {
      rule.add(
        UnknownCapacity(
          "the managed rule group '\(statement.name)' of '\(statement.vendorName)' is not known; "
            + "'aws wafv2 describe-managed-rule-group' prints its capacity",
          at: body))
      return
    }
    rule.add(
      CapacityPart(.managedRuleGroup, group.name, at: body, Capacity(group.capacity)))
  }

  /// A group of one's own uses the capacity that it was created with, not what its rules use.
  ///
  /// Source: Web ACL capacity units (WCUs) in AWS WAF (documented).
  private func add(
    _ statement: RuleGroupReferenceStatement, at body: JSONPointer, to rule: inout RuleCapacity
  ) {
    let name = ARN(statement.arn)?.name ?? statement.arn
    guard let group = bundle.ruleGroup(arn: statement.arn) else {
      rule.add(
        UnknownCapacity(
          "the rule group '\(name)' is not at hand; give its document with --with", at: body))
      return
    }
    if let capacity = group.value.capacity, capacity > 0 {
      rule.add(CapacityPart(.ruleGroup, "rule group \(name)", at: body, Capacity(capacity)))
      return
    }
    rule.add(
      UnknownCapacity(
        "the document of the rule group '\(name)' does not say its capacity", at: body))
    guard countsRuleGroups else { return }
    let estimate = CapacityEstimate(of: group, bundle: bundle, catalogue: catalogue)
    rule.add(
      CapacityPart(
        .ruleGroup, "the rules of rule group \(name)", at: body, estimate.capacity))
  }
}
