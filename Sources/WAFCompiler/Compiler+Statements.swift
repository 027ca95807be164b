import Behaviour
import Diagnostics
import IPAddressing
import Matching
import WAFModel
import WAFProgram
import WAFRequests

extension Compiler {
  mutating func lower(
    _ statement: Statement, _ scope: RuleScope, pointer: JSONPointer
  ) -> Formula {
    let body = pointer.appending(statement.wireName)
    switch statement {
    case .and(let and):
      return .and(lower(and.statements, scope, pointer: body.appending("Statements")))
    case .or(let or):
      return .or(lower(or.statements, scope, pointer: body.appending("Statements")))
    case .not(let not):
      var inner = scope
      inner.isNegated.toggle()
      return .not(lower(not.statement, inner, pointer: body.appending("Statement")))
    case .byteMatch(let match): return lower(match)
    case .regexMatch(let match): return lower(match, scope, pointer: body)
    case .regexPatternSetReference(let match): return lower(match, scope, pointer: body)
    case .sizeConstraint(let match): return lower(match)
    case .sqliMatch(let match):
      let isHigh = match.sensitivityLevel == .high
      return lower(
        isHigh ? .sqlInjectionHigh : .sqlInjectionLow, match.fieldToMatch,
        match.preParseTextTransformations, match.textTransformations)
    case .xssMatch(let match):
      return lower(
        .crossSiteScripting, match.fieldToMatch, match.preParseTextTransformations,
        match.textTransformations)
    case .ipSetReference(let match): return lower(match, scope, pointer: body)
    case .geoMatch(let match): return lower(match, scope)
    case .asnMatch(let match): return lower(match, scope)
    case .labelMatch(let match): return lower(match, scope)
    case .rateBased(let rate): return lower(rate, scope, pointer: body)
    case .opaque(let opaque):
      return unknown("statement:" + opaque.kind, opaque.kind, .unmodelled)
    case .managedRuleGroup, .ruleGroupReference:
      // Only a rule of the web ACL may refer to a group; the checks report this one.
      return unknown(
        "statement:" + statement.wireName, "nested " + statement.wireName, .unmodelled)
    }
  }

  private mutating func lower(
    _ statements: [Statement], _ scope: RuleScope, pointer: JSONPointer
  ) -> [Formula] {
    var parts: [Formula] = []
    for (index, statement) in statements.enumerated() {
      parts.append(lower(statement, scope, pointer: pointer.appending(index)))
    }
    return parts
  }

  mutating func unknown(
    _ evidence: String, _ title: String, _ inspected: InspectedParts = []
  ) -> Formula {
    let index = builder.unknowable(
      Unknowable(evidence: evidence, title: title, inspected: inspected))
    return .leaf(builder.leaf(.unknowable(index)))
  }

  /// The parts with an inspection limit that a field looks at, where its condition is unknown: the
  /// program keeps the field, since the log lists what of it is above the limit all the same.
  private mutating func inspectedParts(of field: FieldToMatch) -> InspectedParts {
    guard let engineField = field.engineField() else { return .unmodelled }
    _ = builder.slot(engineField, [])
    return engineField.inspectedParts
  }

  // MARK: Conditions on components

  private mutating func lower(_ match: ByteMatchStatement) -> Formula {
    withSlot(
      match.fieldToMatch, match.preParseTextTransformations, match.textTransformations
    ) { builder, slot, oversize in
      .bytes(
        slot, search: builder.search(match.searchString.bytes),
        match.positionalConstraint.enginePosition, oversize)
    }
  }

  private mutating func lower(_ match: SizeConstraintStatement) -> Formula {
    withSlot(
      match.fieldToMatch, match.preParseTextTransformations, match.textTransformations
    ) { _, slot, oversize in
      .size(slot, match.comparisonOperator.engineComparison, match.size, oversize)
    }
  }

  private mutating func lower(
    _ match: RegexMatchStatement, _ scope: RuleScope, pointer: JSONPointer
  ) -> Formula {
    let place = scope.place(pointer.appending("RegexString"))
    guard let pattern = compile(match.regexString, place) else {
      return unknown(
        "regex:" + match.regexString, "regex that does not compile",
        inspectedParts(of: match.fieldToMatch))
    }
    if !scope.isManaged { noteIfUnfiltered(pattern, place) }
    return withSlot(
      match.fieldToMatch, match.preParseTextTransformations, match.textTransformations
    ) { builder, slot, oversize in
      .regex(slot, patternSet: builder.patternSet([pattern]), oversize)
    }
  }

  /// A pattern that is searched in the path of the request as it is.
  mutating func lowerPathPattern(_ source: String, _ place: Place) -> Formula {
    guard let pattern = compile(source, place) else {
      return unknown("regex:" + source, "regex that does not compile")
    }
    return withSlot(.uriPath, [], []) { builder, slot, oversize in
      .regex(slot, patternSet: builder.patternSet([pattern]), oversize)
    }
  }

  private mutating func lower(
    _ match: RegexPatternSetReferenceStatement, _ scope: RuleScope, pointer: JSONPointer
  ) -> Formula {
    guard let set = bundle.regexPatternSet(arn: match.arn) else {
      reportUnresolved("regex pattern set", match.arn, scope.place(pointer.appending("ARN")))
      return unknown(
        "regexPatternSet:" + match.arn, "regex pattern set \(match.arn)",
        inspectedParts(of: match.fieldToMatch))
    }
    var patterns: [CompiledPattern] = []
    let list = set.place(JSONPointer(["RegularExpressionList"]))
    for (index, source) in set.value.regularExpressionList.enumerated() {
      let place = Place(file: set.file, pointer: list.pointer.appending(index))
      guard let pattern = compile(source, place) else {
        return unknown(
          "regexPatternSet:" + match.arn, "regex pattern set \(match.arn)",
          inspectedParts(of: match.fieldToMatch))
      }
      noteIfUnfiltered(pattern, place)
      patterns.append(pattern)
    }
    return withSlot(
      match.fieldToMatch, match.preParseTextTransformations, match.textTransformations
    ) { builder, slot, oversize in
      .regex(slot, patternSet: builder.patternSet(patterns), oversize)
    }
  }

  /// A leaf on a slot; unknown where the field or a transformation is.
  private mutating func withSlot(
    _ field: FieldToMatch, _ preParse: [PreParseTextTransformation],
    _ transformations: [WAFModel.TextTransformation],
    _ condition: (inout ProgramBuilder, SlotIndex, Oversize) -> Condition
  ) -> Formula {
    guard let engineField = field.engineField(preParse: preParse) else {
      return unknown(
        "field:\(field.wireName)", "field to match \(field.wireName)", .unmodelled)
    }
    let chain: [EngineTransformation]
    switch Self.chain(transformations) {
    case .success(let known): chain = known
    case .failure(let unknown):
      return self.unknown(
        "textTransformation:\(unknown.name)", "text transformation \(unknown.name)",
        inspectedParts(of: field))
    }
    let slot = builder.slot(engineField, chain)
    return .leaf(builder.leaf(condition(&builder, slot, field.oversize)))
  }

  /// A transformation that nobody knows.
  struct UnknownTransformation: Error {
    var name: String
  }

  /// Transformations in the order of their priorities.
  static func chain(
    _ transformations: [WAFModel.TextTransformation]
  ) -> Result<[EngineTransformation], UnknownTransformation> {
    var chain: [EngineTransformation] = []
    for transformation in transformations.sorted(by: { $0.priority < $1.priority }) {
      guard let type = transformation.type.engineTransformation else {
        return .failure(UnknownTransformation(name: transformation.type.wireName))
      }
      chain.append(type)
    }
    return .success(chain)
  }

  private mutating func lower(
    _ detector: Detector, _ field: FieldToMatch, _ preParse: [PreParseTextTransformation],
    _ transformations: [WAFModel.TextTransformation]
  ) -> Formula {
    withSlot(field, preParse, transformations) { _, slot, oversize in
      .detector(slot, detector, oversize)
    }
  }

  // MARK: Conditions on addresses, countries and labels

  /// The source of a statement's address, and its place in the program.
  func source(
    _ config: ForwardedIPConfig?, position: ForwardedHeader.Position = .first, _ scope: RuleScope
  ) -> AddressSource {
    guard let config else { return .client }
    return .forwarded(
      ForwardedHeader(
        name: FieldToMatch.headerName(config.headerName), position: position,
        fallback: config.fallbackBehavior.engineFallback, isNegated: scope.isNegated))
  }

  private mutating func lower(
    _ match: IPSetReferenceStatement, _ scope: RuleScope, pointer: JSONPointer
  ) -> Formula {
    guard let set = bundle.ipSet(arn: match.arn) else {
      reportUnresolved("IP set", match.arn, scope.place(pointer.appending("ARN")))
      return unknown("ipSet:" + match.arn, "IP set \(match.arn)")
    }
    var blocks: [CIDRBlock] = []
    for (index, text) in set.value.addresses.enumerated() {
      guard let block = cidr(text, set, index) else {
        return unknown("ipSet:" + match.arn, "IP set \(match.arn)")
      }
      blocks.append(block)
    }
    let index = builder.ipSet(named: match.arn, CIDRSet(blocks))
    let source: AddressSource =
      if let config = match.ipSetForwardedIPConfig {
        self.source(
          ForwardedIPConfig(
            headerName: config.headerName, fallbackBehavior: config.fallbackBehavior),
          position: config.position.enginePosition, scope)
      } else {
        .client
      }
    return .leaf(builder.leaf(.ipSet(index, source: builder.addressSource(source))))
  }

  private mutating func cidr(
    _ text: String, _ set: Located<IPSet>, _ index: Int
  ) -> CIDRBlock? {
    let place = set.place(JSONPointer(["Addresses"]).appending(index))
    guard let block = CIDRBlock(text) else {
      report(
        .error, "invalid-cidr", "'\(text)' is no CIDR block such as 192.0.2.0/24", place)
      return nil
    }
    if block.prefixLength == 0 {
      report(.error, "invalid-cidr", "the service refuses CIDR blocks of prefix length 0", place)
    }
    let wantsIPv4 = set.value.ipAddressVersion == .ipv4
    if block.address.isIPv4 != wantsIPv4 {
      report(
        .error, "address-version",
        "'\(text)' is not of the set's IPAddressVersion \(set.value.ipAddressVersion.rawValue)",
        place)
      return nil
    }
    if block.hadHostBits {
      report(
        .warning, "host-bits", "'\(text)' has host bits set; it is read as \(block)", place)
    }
    return block
  }

  mutating func report(
    _ severity: Severity, _ code: String, _ message: String, _ place: Place
  ) {
    let diagnostic = Diagnostic(
      severity: severity, code: code, message: message, place: place)
    // A set that several rules refer to is lowered at each, and reported once.
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  private mutating func lower(_ match: GeoMatchStatement, _ scope: RuleScope) -> Formula {
    let codes = match.countryCodes.compactMap { CountryCode(Array($0.utf8)) }
    let source = source(match.forwardedIPConfig, scope)
    guard builder.geoSource(source) != nil else {
      return unknown("statement:GeoMatchStatement", "geo match on one more forwarded header")
    }
    return .leaf(
      builder.leaf(
        .country(builder.countrySet(codes), source: builder.addressSource(source))))
  }

  private mutating func lower(_ match: AsnMatchStatement, _ scope: RuleScope) -> Formula {
    let source = source(match.forwardedIPConfig, scope)
    return .leaf(
      builder.leaf(
        .asn(builder.asnSet(match.asnList), source: builder.addressSource(source))))
  }

  private mutating func lower(_ match: LabelMatchStatement, _ scope: RuleScope) -> Formula {
    let pattern = LabelPattern(
      scope: match.scope == .label ? .label : .namespace, key: match.key,
      context: scope.context.prefix)
    return .leaf(builder.leaf(.label(builder.labelKey(pattern))))
  }
}
