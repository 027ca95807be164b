import Diagnostics
import DocumentTree
import Findings

/// Reads the settings of one object of the configuration; what is wrong goes to the context.
///
/// A value that is broken leaves the setting as it was, so that one reading finds everything. A
/// member without a value (`budgets:`) counts as absent.
struct SettingsReader {
  let cursor: Cursor
  let context: ReadingContext
  let sources: SourceMap
  private var members: [String: Cursor] = [:]

  /// Nil, with a diagnostic, for what is no object.
  init?(_ cursor: Cursor, in context: ReadingContext, sources: SourceMap) {
    guard let list = cursor.node.members else {
      context.wrongType(cursor, expected: "an object")
      return nil
    }
    self.cursor = cursor
    self.context = context
    self.sources = sources
    for member in list {
      guard members[member.key] == nil else {
        context.report(
          .error(
            "repeated-member", "'\(member.key)' appears twice in one object",
            at: Place(
              file: context.file, byteRange: member.keyRange,
              pointer: cursor.pointer.appending(member.key), focus: .key)))
        continue
      }
      members[member.key] = Cursor(member.value, at: cursor.pointer.appending(member.key))
    }
  }

  // MARK: Members

  /// The value of a member that is there and not null.
  func value(_ key: String) -> Cursor? {
    guard let value = members[key], !value.node.isNull else { return nil }
    return value
  }

  func value(_ key: SettingKey) -> Cursor? { value(key.rawValue) }

  /// The elements of a list; a value that is no list is a list of one.
  func elements(_ key: SettingKey) -> [Cursor] {
    guard let value = value(key) else { return [] }
    return value.elements ?? [value]
  }

  /// Reports members that are none of some names.
  func refuseOthers(
    than names: [String], what: String, explain: (String) -> (notes: [String], meant: String?)?
  ) {
    for key in members.keys.sorted() where !names.contains(key) {
      let explained = explain(key)
      context.error(
        "unknown-setting", "\(what) has no setting '\(key)'", at: cursor.pointer.appending(key),
        focus: .key, notes: explained?.notes ?? [],
        suggestion: explained?.meant ?? didYouMean(key, among: names))
    }
  }

  // MARK: Places

  func place(_ cursor: Cursor) -> Place { context.place(cursor.pointer) }

  func location(_ cursor: Cursor) -> Finding.Location {
    let location = sources.location(of: place(cursor))
    return Finding.Location(
      file: context.file, line: location?.line, column: location?.column)
  }

  func origin(_ cursor: Cursor) -> SettingOrigin { .file(location(cursor)) }

  // MARK: Values

  func refuse(
    _ message: String, at cursor: Cursor, notes: [String] = [], suggestion: String? = nil
  ) {
    context.error(
      "invalid-setting", message, at: cursor.pointer, notes: notes, suggestion: suggestion)
  }

  /// A string that is not empty.
  func text(_ cursor: Cursor) -> String? {
    guard let text = cursor.node.text else {
      context.wrongType(cursor, expected: "a string")
      return nil
    }
    guard !text.isEmpty else {
      refuse("\(cursor.name) is empty", at: cursor)
      return nil
    }
    return text
  }

  /// A string, or the digits of a number: an account, `5` beside `5%`.
  func textOrNumber(_ cursor: Cursor) -> String? {
    if case .number(let digits) = cursor.node.kind { return digits }
    return text(cursor)
  }

  func flag(_ cursor: Cursor) -> Bool? {
    guard case .bool(let flag) = cursor.node.kind else {
      context.wrongType(cursor, expected: "true or false")
      return nil
    }
    return flag
  }

  /// A whole number; `1_000` is a thousand.
  func wholeNumber(_ cursor: Cursor, from lowest: Int) -> Int? {
    guard let text = textOrNumber(cursor) else { return nil }
    guard let number = Int(text.filter { $0 != "_" }), number >= lowest else {
      refuse("\(cursor.name) must be a whole number from \(lowest) on", at: cursor)
      return nil
    }
    return number
  }

  func word(_ cursor: Cursor, among words: [String]) -> String? {
    guard let text = text(cursor) else { return nil }
    guard words.contains(text) else {
      refuse(
        "\(cursor.name) has no value '\(text)'", at: cursor,
        notes: ["one of \(words.joined(separator: ", "))"],
        suggestion: words.first { $0.lowercased() == text.lowercased() }
          ?? didYouMean(text, among: words))
      return nil
    }
    return text
  }

  func share(_ cursor: Cursor) -> Share? {
    guard let text = textOrNumber(cursor) else { return nil }
    guard let share = Share(text) else {
      refuse("\(cursor.name) must be a share from 0% to 100%", at: cursor)
      return nil
    }
    return share
  }

  // MARK: Settings

  /// Sets a setting where the member is there and can be read.
  func set<Value>(
    _ key: SettingKey, _ setting: inout Setting<Value>, _ read: (Cursor) -> Value?
  ) {
    guard let cursor = value(key), let value = read(cursor) else { return }
    setting = Setting(value, from: origin(cursor))
  }

  /// Adds the elements of a list that can be read.
  func add<Value>(
    _ key: SettingKey, to list: inout [Setting<Value>], _ read: (Cursor) -> Value?
  ) {
    for element in elements(key) {
      guard let value = read(element) else { continue }
      list.append(Setting(value, from: origin(element)))
    }
  }

  /// Adds paths, which are relative to a directory.
  func add(_ key: SettingKey, to list: inout PathList, in directory: String, _ files: ProjectFiles)
  {
    for element in elements(key) {
      guard let text = text(element) else { continue }
      guard text != "-" else {
        refuse("standard input can be named on the command line only", at: element)
        continue
      }
      list.entries.append(
        PathList.Entry(
          files.join(directory, text), from: origin(element), at: place(element)))
    }
  }
}
