import Diagnostics
import DocumentTree
import Findings

extension Suppression {
  /// The members of a suppression.
  package static let keys = [
    "kind", "rule", "path", "route", "webacl", "id", "reason", "owner", "expires",
  ]

  /// The suppressions of a list in the configuration.
  static func list(_ cursor: Cursor, _ reader: SettingsReader) -> [Suppression] {
    guard let elements = cursor.elements else {
      reader.context.wrongType(cursor, expected: "an array, or the path of a file")
      return []
    }
    return elements.compactMap { element in
      reader.inside(element).flatMap { suppression($0) }
    }
  }

  /// The suppressions of a file: a list, or an object with one under `suppressions`.
  static func list(
    file root: Cursor, in context: ReadingContext, sources: SourceMap
  ) -> [Suppression] {
    let list: Cursor
    if root.node.elements != nil {
      list = root
    } else {
      guard let object = SettingsReader(root, in: context, sources: sources) else { return [] }
      let name = SettingKey.suppressions.rawValue
      object.refuseOthers(than: [name], what: "a file of suppressions") { _ in nil }
      guard let value = object.value(name) else { return [] }
      list = value
    }
    guard let elements = list.elements else {
      context.wrongType(list, expected: "an array")
      return []
    }
    return elements.compactMap { element in
      SettingsReader(element, in: context, sources: sources).flatMap { suppression($0) }
    }
  }

  private static func suppression(_ reader: SettingsReader) -> Suppression? {
    let mistakes = reader.context.mistakeCount
    reader.refuseOthers(than: keys, what: "a suppression") { key in
      let meant = ["kinds": "kind", "until": "expires", "expiry": "expires", "acl": "webacl"]
      return meant[key].map { ([], $0) }
    }
    var suppression = Suppression(
      reason: required("reason", reader) ?? "", owner: required("owner", reader) ?? "",
      expires: expiry(reader) ?? CalendarDay(secondsSince1970: 0),
      location: reader.location(reader.cursor))
    readScope(&suppression, reader)
    return reader.context.mistakeCount == mistakes ? suppression : nil
  }

  private static func readScope(_ suppression: inout Suppression, _ reader: SettingsReader) {
    if let value = reader.value("kind") {
      for element in value.elements ?? [value] {
        if let kind = kind(element, reader) { suppression.kinds.insert(kind) }
      }
    }
    suppression.rule = reader.value("rule").flatMap { reader.text($0) }.map { PathPattern($0) }
    suppression.webACL = reader.value("webacl").flatMap { reader.text($0) }.map { PathPattern($0) }
    for key in ["path", "route"] {
      guard let value = reader.value(key), let text = reader.text(value) else { continue }
      guard let route = RoutePattern(text), key == "route" || route.method == nil else {
        reader.refuse(
          "'\(text)' fits no \(key)", at: value,
          notes: ["a path begins with '/', '**' is any; a method before it makes a route"])
        continue
      }
      if suppression.route != nil {
        reader.refuse("a suppression has a path or a route, not both", at: value)
      }
      suppression.route = route
    }
    if let value = reader.value("id"), let id = reader.textOrNumber(value) {
      let isID = id.utf8.count == 32 && id.allSatisfy { $0.isASCII && $0.isHexDigit }
      if isID {
        suppression.id = id.lowercased()
      } else {
        reader.refuse("an id of a finding has 32 hexadecimal digits", at: value)
      }
    }
    let narrowing = ["kind", "rule", "path", "route", "id"]
    if !narrowing.contains(where: { reader.value($0) != nil }) {
      reader.refuse(
        "the suppression covers everything", at: reader.cursor,
        notes: ["one of \(narrowing.joined(separator: ", ")) says what it covers"])
    }
  }

  private static func kind(_ cursor: Cursor, _ reader: SettingsReader) -> FindingKind? {
    let kinds = FindingKind.allCases.filter(\.canBeSuppressed).map(\.rawValue)
    guard let text = reader.text(cursor) else { return nil }
    if let kind = FindingKind(rawValue: text), !kind.canBeSuppressed {
      reader.refuse("'\(text)' can't be suppressed", at: cursor)
      return nil
    }
    return reader.word(cursor, among: kinds).flatMap { FindingKind(rawValue: $0) }
  }

  private static func required(_ key: String, _ reader: SettingsReader) -> String? {
    guard let value = reader.value(key) else {
      reader.context.error(
        "missing-member", "a suppression has no '\(key)'", at: reader.cursor.pointer,
        notes: ["reason, owner and expires are asked of each"])
      return nil
    }
    return reader.text(value)
  }

  private static func expiry(_ reader: SettingsReader) -> CalendarDay? {
    guard let text = required("expires", reader) else { return nil }
    guard let day = CalendarDay(text) else {
      if let value = reader.value("expires") {
        reader.refuse(
          "'\(text)' is no day", at: value, notes: ["a day is written as in 2026-12-31"])
      }
      return nil
    }
    return day
  }
}
