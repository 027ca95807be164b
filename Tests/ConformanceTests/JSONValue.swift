import Foundation

/// A JSON value, for building inputs out of case files and for comparing records with them.
indirect enum JSONValue: Hashable, Sendable, CustomStringConvertible {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(parsing bytes: some DataProtocol) throws {
    self.init(
      foundation: try JSONSerialization.jsonObject(
        with: Data(bytes), options: .fragmentsAllowed))
  }

  private init(foundation value: Any) {
    switch value {
    case let text as String: self = .string(text)
    case let number as NSNumber:
      self =
        isBoolean(number) ? .bool(number.boolValue) : .number(number.stringValue)
    case let list as [Any]: self = .array(list.map(JSONValue.init(foundation:)))
    case let members as [String: Any]:
      self = .object(members.mapValues(JSONValue.init(foundation:)))
    default: self = .null
    }
  }

  /// The members of an object; empty for anything else.
  var members: [String: JSONValue] {
    if case .object(let members) = self { return members }
    return [:]
  }

  /// The elements of an array; empty for anything else.
  var elements: [JSONValue] {
    if case .array(let elements) = self { return elements }
    return []
  }

  var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  subscript(key: String) -> JSONValue? {
    get { members[key] }
    set {
      var members = self.members
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The value as JSON text, members sorted.
  var description: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): Self.quoted(text)
    case .array(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
    case .object(let members):
      "{"
        + members.sorted { $0.key < $1.key }
        .map { Self.quoted($0.key) + ":" + $0.value.description }.joined(separator: ",") + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// RFC 7396: objects merge member by member, null removes, anything else replaces.
  func merged(with patch: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var result = members
    for (key, change) in changes {
      result[key] = change == .null ? nil : (result[key] ?? .object([:])).merged(with: change)
    }
    return .object(result)
  }
}

private func isBoolean(_ number: NSNumber) -> Bool {
  String(cString: number.objCType) == "c" || type(of: number) == type(of: NSNumber(value: true))
}
