/// A JSON value whose members keep their order.
package indirect enum JSONValue: Hashable, Sendable {
  case object([JSONMember])
  case array([JSONValue])
  case string(String)
  case integer(Int)
  /// A number as JSON spells it.
  case number(String)
  case bool(Bool)
  case null

  /// An array of strings.
  package static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  /// A string, or null.
  package static func string(orNull text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }
}

/// A member of an object.
package struct JSONMember: Hashable, Sendable {
  package var key: String
  package var value: JSONValue

  package init(_ key: String, _ value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension [JSONMember] {
  package mutating func add(_ key: String, _ value: JSONValue) {
    append(JSONMember(key, value))
  }

  package mutating func add(_ key: String, _ text: String) {
    append(JSONMember(key, .string(text)))
  }

  package mutating func add(_ key: String, _ number: Int) {
    append(JSONMember(key, .integer(number)))
  }

  /// Adds a member, unless there is no value.
  package mutating func add(_ key: String, ifPresent text: String?) {
    if let text { append(JSONMember(key, .string(text))) }
  }

  /// Adds a member, unless there is no value.
  package mutating func add(_ key: String, ifPresent number: Int?) {
    if let number { append(JSONMember(key, .integer(number))) }
  }
}
