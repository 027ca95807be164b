import Diagnostics
import DocumentTree

/// `--show-config`: every setting that is in force and where it comes from.
extension GateConfiguration {
  /// The value of `schema` in the JSON form.
  package static let shownSchema = "wafcast.config/1"

  /// A table for people, with a line feed at its end.
  package var shownText: String {
    var groups = [(file.isEmpty ? "no configuration file" : file, ownRows)]
    groups += acls.map { ($0.file.value, $0.rows) }
    let rows = groups.flatMap(\.1)
    let nameWidth = rows.map(\.key.rawValue.count).max() ?? 0
    let valueWidth = min(48, rows.flatMap(\.lines).map { printable($0.value).count }.max() ?? 0)
    var text = ""
    for (title, rows) in groups {
      text += printable(title) + "\n"
      for row in rows {
        var name = row.key.rawValue
        for line in row.lines {
          text += "  " + Self.padded(name, nameWidth) + "  "
          text += Self.padded(printable(line.value), valueWidth) + "  "
          text += printable(line.origin.text) + "\n"
          name = ""
        }
      }
    }
    return text
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// The JSON form, with a line feed at its end; `docs/schemas/wafcast-config.schema.json` is that
  /// of the configuration, not of this.
  package var shownJSON: String {
    var members = MemberList()
    members.add("schema", Self.shownSchema)
    members.add("file", file.isEmpty ? Node(.null) : file.node())
    members.add("settings", Node(.array(ownRows.map(\.node))))
    members.add(
      "acls",
      Node(
        .array(
          acls.map { acl in
            var members = MemberList()
            members.add("file", acl.file.value)
            members.add("settings", Node(.array(acl.rows.map(\.node))))
            return members.node
          })))
    return JSONWriter.pretty(members.node) + "\n"
  }

  private var ownRows: [ShownSetting] {
    [
      ShownSetting(.baseline, baseline) { $0 },
      ShownSetting(.reports, list: reports) { $0.text },
      ShownSetting(
        .suppressions,
        lines: suppressions.map { suppression in
          ShownSetting.Line(
            value: "\(suppression.text) until \(suppression.expires), \(suppression.owner)",
            origin: suppression.location.map { .file($0) } ?? .builtIn)
        }, isList: true),
    ]
  }
}

extension ACLSettings {
  fileprivate var rows: [ShownSetting] {
    [
      ShownSetting(.file, file) { $0 },
      ShownSetting(.name, name) { $0 },
      ShownSetting(.account, account) { $0 },
      ShownSetting(.scope, scope) { $0 },
      ShownSetting(.with, with),
      ShownSetting(.resourceType, resourceType) { $0 },
      ShownSetting(.searchString, searchString) { $0 },
      ShownSetting(.allowUnknown, allowUnknown) { String($0) },
      ShownSetting(.strict, strict) { String($0) },
      ShownSetting(.lenient, lenient) { String($0) },
      ShownSetting(.assume, list: assume) { $0 },
      ShownSetting(.ipList, list: ipLists) { $0 },
      ShownSetting(.rulesets, rulesets),
      ShownSetting(.fidelity, fidelity) { $0 },
      ShownSetting(.geoip, geoip),
      ShownSetting(.corpora, corpora),
      ShownSetting(.format, format) { $0 },
      ShownSetting(.rate, rate) { $0 },
      ShownSetting(.maxRecord, maxRecord) { $0.map(String.init) },
      ShownSetting(.recordedUnder, list: recordedUnder) { $0 },
      ShownSetting(.base, base) { $0?.text },
      ShownSetting(.tests, tests),
      ShownSetting(.budgets, list: budgets) { $0.text },
      ShownSetting(.minimum, minimum) { String($0) },
      ShownSetting(.maxRejects, maxRejects) { $0.text },
      ShownSetting(.maxIndeterminate, maxIndeterminate) { $0?.text },
      ShownSetting(
        .failOn, list: failOn.value.map { Setting($0, from: failOn.origin) },
        emptyFrom: failOn.origin
      ) { $0.text },
      ShownSetting(.coverage, failUnder) { $0.map { "fail-under: \($0.text)" } },
    ]
  }
}

/// A setting with its values and their origins.
private struct ShownSetting {
  struct Line {
    var value: String
    var origin: SettingOrigin
  }

  let key: SettingKey
  /// One for each value; one of `-` for none.
  let lines: [Line]
  let node: Node

  init(_ key: SettingKey, lines: [Line], isList: Bool, emptyFrom: SettingOrigin = .builtIn) {
    self.key = key
    self.lines = lines.isEmpty ? [Line(value: "-", origin: emptyFrom)] : lines
    var members = MemberList()
    members.add("name", key.rawValue)
    if isList {
      members.add(
        "values",
        Node(
          .array(
            lines.map { line in
              var members = MemberList()
              members.add("value", line.value)
              members.add("origin", line.origin.text)
              return members.node
            })))
      if lines.isEmpty { members.add("origin", emptyFrom.text) }
    } else if let line = lines.first {
      members.add("value", line.value)
      members.add("origin", line.origin.text)
    } else {
      members.add("value", Node(.null))
      members.add("origin", emptyFrom.text)
    }
    node = members.node
  }

  init<Value>(_ key: SettingKey, _ setting: Setting<Value>, _ text: (Value) -> String?) {
    let lines = text(setting.value).map { [Line(value: $0, origin: setting.origin)] } ?? []
    self.init(key, lines: lines, isList: false, emptyFrom: setting.origin)
  }

  init<Value>(
    _ key: SettingKey, list: [Setting<Value>], emptyFrom: SettingOrigin = .builtIn,
    _ text: (Value) -> String
  ) {
    self.init(
      key, lines: list.map { Line(value: text($0.value), origin: $0.origin) }, isList: true,
      emptyFrom: emptyFrom)
  }

  /// Paths as they are expanded.
  init(_ key: SettingKey, _ list: PathList) {
    self.init(
      key,
      lines: list.entries.flatMap { entry in
        entry.paths.map { Line(value: $0, origin: entry.origin) }
      }, isList: true)
  }
}
