import DocumentTree

// How a value is read where it stands: the name of the member that has it says what its parts mean.
extension Meaning {
  /// What a value means.
  ///
  /// - Parameters:
  ///   - node: the value; its search strings have the spelling of `spellingSearchStrings`.
  ///   - member: the member that has it, or the list that it is an element of.
  init(_ node: Node, of member: String = "") {
    switch node.kind {
    case .object(let members): self = Self.object(members, of: member)
    case .array(let elements): self = Self.array(elements, of: member)
    case .string(let text): self = Self.scalar(text, of: member)
    case .number(let number): self.init(.word(number))
    case .bool(let bool): self.init(.word(bool ? "true" : "false"))
    case .null: self.init(.word("null"))
    }
  }

  // MARK: Scalars

  /// Members with words of the API, and with what needs no quotes.
  private static let words: Set = [
    "Action", "Addresses", "AggregateKeyType", "ALBLowReputationMode", "ComparisonOperator",
    "ContentType", "CountryCodes", "DefaultSizeInspectionLimit", "FallbackBehavior", "FieldType",
    "IPAddressVersion", "InspectionLevel", "InvalidFallbackBehavior", "MatchScope", "Mode",
    "OversizeHandling", "PayloadType", "Position", "PositionalConstraint", "RequestBody", "Scope",
    "Sensitivity", "SensitivityLevel", "SensitivityToBlock", "Type", "UsageOfAction",
  ]

  private static func scalar(_ text: String, of member: String) -> Meaning {
    switch member {
    case "SearchString":
      return Meaning(SearchStringText(spelled: text).map { .word($0.shown) } ?? .text(text))
    case "IncludedHeaders", "ExcludedHeaders": return Meaning(.text(headerName(text)))
    case "Addresses": return Meaning(.word(text.lowercased()))
    default:
      let isPlain = text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
      return Meaning(isPlain && !text.isEmpty && words.contains(member) ? .word(text) : .text(text))
    }
  }

  /// Header names are compared without case and without spaces around them (documented).
  private static func headerName(_ name: String) -> String {
    var scalars = name.lowercased().unicodeScalars[...]
    while scalars.first == " " { scalars.removeFirst() }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }

  // MARK: Objects

  /// Structures that say nothing without members, and maps with free names.
  private static let maps: Set = [
    "ApplicationConfig", "AssociationConfig", "CaptchaConfig", "ChallengeConfig",
    "ChallengeJavascriptSdkInjection", "CustomResponseBodies", "DataProtectionConfig",
    "RequestBody",
  ]

  /// Maps whose members' names are those of documents: they give their values no meaning.
  private static let freeNames: Set = [
    "ChallengeJavascriptSdkInjection", "CustomResponseBodies",
  ]

  private static func object(_ members: [Node.Member], of member: String) -> Meaning {
    switch member {
    case "SingleHeader", "SingleQueryArgument":
      // Neither is sensitive to case (API reference, SingleHeader and SingleQueryArgument:
      // documented).
      return Meaning(
        .object(
          members.map { part in
            guard part.key == "Name", let name = part.value.text else { return named(part) }
            let isHeader = member == "SingleHeader"
            let text = isHeader ? headerName(name) : name.lowercased()
            return Member(name: part.key, value: Meaning(.text(text)))
          }))
    case "RequestBody":
      // `{"DefaultSizeInspectionLimit": "KB_16"}` or, in an example, the bare word.
      return Meaning(
        .map(
          members.map { part in
            let limit = part.value["DefaultSizeInspectionLimit"] ?? part.value
            return Member(name: part.key, value: Meaning(limit, of: member))
          }))
    default: break
    }
    if freeNames.contains(member) {
      return Meaning(
        .map(members.map { Member(name: $0.key, value: Meaning($0.value, of: "\(member) entry")) }))
    }
    var parts = withDefaults(members, of: member)
    if parts.contains(where: { $0.key == "RuleActionOverrides" || $0.key == "ExcludedRules" }) {
      let overrides = overrides(in: parts)
      parts.removeAll { $0.key == "RuleActionOverrides" || $0.key == "ExcludedRules" }
      let members =
        overrides.isNothing ? [] : [Member(name: "RuleActionOverrides", value: overrides)]
      return Meaning(.object(parts.map(named) + members))
    }
    let read = parts.map(named)
    return Meaning(maps.contains(member) ? .map(read) : .object(read))
  }

  private static func named(_ member: Node.Member) -> Member {
    Member(name: member.key, value: Meaning(member.value, of: member.key))
  }

  /// What absent members stand for, where the API reference says so.
  private static let defaults: [String: [(name: String, value: Node)]] = [
    "Body": [("OversizeHandling", Node(.string("CONTINUE")))],
    "DataProtections": [
      ("ExcludeRuleMatchDetails", Node(.bool(false))),
      ("ExcludeRateBasedDetails", Node(.bool(false))),
    ],
    "JsonBody": [("OversizeHandling", Node(.string("CONTINUE")))],
    "RateBasedStatement": [("EvaluationWindowSec", Node(.number("300")))],
    "SqliMatchStatement": [("SensitivityLevel", Node(.string("LOW")))],
  ]

  private static func withDefaults(
    _ members: [Node.Member], of member: String
  ) -> [Node.Member] {
    var members = members
    for (name, value) in defaults[member] ?? []
    where !members.contains(where: { $0.key == name }) {
      members.append(Node.Member(key: name, value: value))
    }
    return members
  }

  /// Actions by the names of the group's rules.
  ///
  /// An excluded rule is one that is overridden to Count; an override wins over an exclusion, and the
  /// last one of a name over the others (assumed, Q14).
  private static func overrides(in members: [Node.Member]) -> Meaning {
    func elements(_ name: String) -> [Node] {
      members.first { $0.key == name }?.value.elements ?? []
    }
    var actions: [Member] = []
    var places: [String: Int] = [:]
    func set(_ name: String, _ action: Meaning) {
      if let place = places[name] {
        actions[place].value = action
      } else {
        places[name] = actions.count
        actions.append(Member(name: name, value: action))
      }
    }
    let count = Meaning(.object([Member(name: "Count", value: Meaning(.object([])))]))
    for element in elements("ExcludedRules") {
      guard let name = element["Name"]?.text else { continue }
      set(name, count)
    }
    for element in elements("RuleActionOverrides") {
      guard let name = element["Name"]?.text, let action = element["ActionToUse"] else { continue }
      set(name, Meaning(action, of: "ActionToUse"))
    }
    return Meaning(.map(actions))
  }

  // MARK: Lists

  /// Lists whose order means nothing.
  ///
  /// The statements of AND and OR are among them: no verdict depends on their order.
  private static let sets: Set = [
    "Addresses", "AsnList", "Attributes", "CountryCodes", "CustomKeys", "DataProtections",
    "ExcludedCookies", "ExcludedHeaders", "ExemptUriRegularExpressions", "FailureCodes",
    "FailureStrings", "FailureValues", "FieldKeys", "IncludedCookies", "IncludedHeaders",
    "IncludedPaths", "InsertHeaders", "ManagedRuleGroupConfigs", "RegularExpressionList",
    "ResponseHeaders", "RuleLabels", "Statements", "SuccessCodes", "SuccessStrings",
    "SuccessValues", "Tags", "TokenDomains", "Values",
  ]

  private static func array(_ elements: [Node], of member: String) -> Meaning {
    switch member {
    case "TextTransformations", "PreParseTextTransformations":
      if let steps = steps(elements) { return Meaning(.list(steps)) }
    case "ManagedRuleGroupConfigs":
      if let merged = merged(elements) { return merged }
    default: break
    }
    guard sets.contains(member) else {
      return Meaning(.list(elements.map { Meaning($0, of: member) }))
    }
    return Meaning(.set(distinct(elements.map { Meaning(bare($0, of: member), of: member) })))
  }

  /// A label is its name, and an expression its text: so CloudFormation writes them.
  private static func bare(_ element: Node, of member: String) -> Node {
    switch member {
    case "RuleLabels": element["Name"] ?? element
    case "RegularExpressionList", "ExemptUriRegularExpressions": element["RegexString"] ?? element
    default: element
    }
  }

  /// Each once: a set does not get larger by what it has already.
  private static func distinct(_ elements: [Meaning]) -> [Meaning] {
    var seen: Set<[UInt8]> = []
    return elements.filter { seen.insert($0.key).inserted }
  }

  /// Text transformations in the order of their numbers, whatever those are.
  ///
  /// NONE beside others does nothing. Nil for what is no list of transformations.
  private static func steps(_ elements: [Node]) -> [Meaning]? {
    var steps: [(priority: Int, type: String)] = []
    for element in elements {
      guard let type = element["Type"]?.text, case .number(let number)? = element["Priority"]?.kind,
        let priority = Int(number), element.members?.count == 2
      else { return nil }
      steps.append((priority, type))
    }
    // `sorted` keeps the order of equal ones.
    let types = steps.sorted { $0.priority < $1.priority }.map(\.type).filter { $0 != "NONE" }
    return (types.isEmpty && !steps.isEmpty ? ["NONE"] : types).map { scalar($0, of: "Type") }
  }

  /// The settings of a managed group as one structure: each element of the list has some of them.
  ///
  /// Nil where one has two values.
  private static func merged(_ elements: [Node]) -> Meaning? {
    let members = elements.flatMap { $0.members ?? [] }
    guard Set(members.map(\.key)).count == members.count else { return nil }
    return Meaning(.map(members.map(named)))
  }
}
