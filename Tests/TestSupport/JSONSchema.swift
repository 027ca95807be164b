package import Foundation

/// A checker for the part of JSON Schema (draft 2020-12) that the project's schemas use.
///
/// A keyword that it does not know is a finding, so that a schema cannot grow past it unnoticed.
package struct JSONSchema {
  private let root: [String: Any]

  /// The schema of a file.
  package init(contentsOf file: URL) throws {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    root = value as? [String: Any] ?? [:]
  }

  /// What is wrong with a JSON text, with paths; nothing where it conforms.
  package func findings(in text: String) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return check(value, against: root, at: "")
  }

  private func check(_ value: Any, against schema: [String: Any], at path: String) -> [String] {
    var found: [String] = []
    for (keyword, rule) in schema {
      switch keyword {
      case "$schema", "$defs", "title", "description": break
      case "$ref": found += check(value, against: definition(rule), at: path)
      case "type": if !hasType(value, rule) { found.append("\(path): is no \(rule)") }
      case "const": if !isEqual(value, rule) { found.append("\(path): is not \(rule)") }
      case "enum":
        let allowed = rule as? [Any] ?? []
        if !allowed.contains(where: { isEqual(value, $0) }) {
          found.append("\(path): \(value) is none of \(allowed)")
        }
      case "anyOf":
        let choices = rule as? [[String: Any]] ?? []
        if !choices.contains(where: { check(value, against: $0, at: path).isEmpty }) {
          found.append("\(path): fits no choice")
        }
      case "not":
        if check(value, against: rule as? [String: Any] ?? [:], at: path).isEmpty {
          found.append("\(path): must not fit")
        }
      case "required", "properties", "additionalProperties":
        // Objects are checked once, by all three.
        break
      case "items", "minItems", "maxItems":
        found += checkItems(value, keyword, rule, at: path)
      default: found.append("schema: unknown keyword \(keyword)")
      }
    }
    if let object = value as? [String: Any] { found += check(object: object, schema, at: path) }
    return found
  }

  private func check(
    object: [String: Any], _ schema: [String: Any], at path: String
  ) -> [String] {
    var found: [String] = []
    for name in schema["required"] as? [String] ?? [] where object[name] == nil {
      found.append("\(path): has no \(name)")
    }
    let properties = schema["properties"] as? [String: Any] ?? [:]
    for (name, member) in object {
      if let rule = properties[name] as? [String: Any] {
        found += check(member, against: rule, at: "\(path)/\(name)")
      } else if let rule = schema["additionalProperties"] as? [String: Any] {
        found += check(member, against: rule, at: "\(path)/\(name)")
      } else if schema["additionalProperties"] as? Bool == false {
        found.append("\(path): has a member \(name)")
      }
    }
    return found
  }

  private func checkItems(
    _ value: Any, _ keyword: String, _ rule: Any, at path: String
  ) -> [String] {
    guard let array = value as? [Any] else { return [] }
    switch keyword {
    case "minItems": return array.count < rule as? Int ?? 0 ? ["\(path): too few items"] : []
    case "maxItems": return array.count > rule as? Int ?? 0 ? ["\(path): too many items"] : []
    default:
      let schema = rule as? [String: Any] ?? [:]
      return array.enumerated().flatMap { check($1, against: schema, at: "\(path)/\($0)") }
    }
  }

  private func definition(_ reference: Any) -> [String: Any] {
    let name = (reference as? String)?.split(separator: "/").last.map(String.init) ?? ""
    let definitions = root["$defs"] as? [String: Any] ?? [:]
    return definitions[name] as? [String: Any] ?? ["missing-definition": name]
  }

  private func hasType(_ value: Any, _ rule: Any) -> Bool {
    if let names = rule as? [String] { return names.contains { hasType(value, $0) } }
    switch rule as? String {
    case "object": return value is [String: Any]
    case "array": return value is [Any]
    case "string": return value is String
    case "integer": return value is Int && !isBoolean(value)
    case "number": return (value is Int || value is Double) && !isBoolean(value)
    case "boolean": return isBoolean(value)
    case "null": return value is NSNull
    default: return false
    }
  }

  /// A number can be asked for as a `Bool` too, so that its type tells.
  private func isBoolean(_ value: Any) -> Bool {
    guard let number = value as? NSNumber else { return value is Bool }
    return number.objCType.pointee == 0x63
  }

  private func isEqual(_ left: Any, _ right: Any) -> Bool {
    switch (left, right) {
    case (let left as String, let right as String): left == right
    case (let left as Int, let right as Int): left == right
    default: false
    }
  }
}
