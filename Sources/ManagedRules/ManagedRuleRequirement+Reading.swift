import Diagnostics
package import DocumentTree
import WAFModel

extension ManagedRuleRequirement.ConfiguredPath: WireWord {}
extension ManagedRuleRequirement.GroupSetting: WireWord {}
extension ManagedRuleRequirement.TokenState: WireWord {}

/// Written as an object with one member: `{"Token": "ABSENT"}`.
extension ManagedRuleRequirement: TreeReadable {
  private enum Kind: String, CaseIterable {
    case statement = "Statement"
    case configuredPath = "ConfiguredPath"
    case token = "Token"
    case captcha = "Captcha"
    case resourceType = "ResourceType"
    case missingCredential = "MissingCredential"
    case setting = "Setting"
    case countedRule = "CountedRule"
    case not = "Not"
    case anyOf = "AnyOf"
  }

  package init?(reading cursor: Cursor, in context: ReadingContext) {
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    guard let kind = Kind.allCases.first(where: { object.has($0.rawValue) }) else {
      context.error(
        "missing-member",
        "a requirement has one of the members "
          + Kind.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "),
        at: cursor.pointer)
      return nil
    }
    let requirement = Self.read(kind, from: &object)
    // Whatever else stands there is unknown: a requirement has one member.
    object.finish()
    guard !object.isBroken, let requirement else { return nil }
    self = requirement
  }

  private static func read(_ kind: Kind, from object: inout ObjectReader) -> Self? {
    let name = kind.rawValue
    switch kind {
    case .statement: return object.required(name, as: Statement.self).map { .statement($0) }
    case .configuredPath:
      return object.required(name, as: ConfiguredPath.self).map { .configuredPath($0) }
    case .token: return object.required(name, as: TokenState.self).map { .token($0) }
    case .captcha: return object.required(name, as: TokenState.self).map { .captcha($0) }
    case .resourceType: return object.required(name, as: String.self).map { .resourceType($0) }
    case .missingCredential:
      return object.required(name, as: Bool.self).map {
        $0 ? .missingCredential : .not(.missingCredential)
      }
    case .setting: return object.required(name, as: GroupSetting.self).map { .setting($0) }
    case .countedRule: return object.required(name, as: String.self).map { .countedRule($0) }
    case .not: return object.required(name, as: ManagedRuleRequirement.self).map { .not($0) }
    case .anyOf: return .anyOf(object.requiredList(name))
    }
  }
}
