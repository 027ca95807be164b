import Diagnostics
import DocumentTree
import Findings

extension ACLSettings {
  /// Takes over what an object of the configuration sets.
  ///
  /// What is single replaces, lists grow. Only `fail-on` replaces although it is a list: it is one
  /// choice.
  mutating func apply(
    _ reader: SettingsReader, directory: String, files: ProjectFiles, bytes: [UInt8]
  ) {
    applyDocuments(reader, directory, files)
    applyTraffic(reader, directory, files)
    reader.set(.base, &base) { cursor in
      guard let text = reader.text(cursor) else { return nil }
      guard let base = BaseReference(text, relativeTo: directory) else {
        reader.refuse(
          "'\(text)' is neither a revision nor a file", at: cursor,
          notes: ["such as main, origin/main, main:waf/acl.json or ./old/acl.json"])
        return nil
      }
      return base
    }
    reader.add(.tests, to: &tests, in: directory, files)
    reader.add(.budgets, to: &budgets) { Self.budget($0, reader, bytes) }
    reader.set(.minimum, &minimum) { reader.wholeNumber($0, from: 0) }
    reader.set(.maxRejects, &maxRejects) { reader.share($0) }
    reader.set(.maxIndeterminate, &maxIndeterminate) { cursor in
      guard let text = reader.textOrNumber(cursor) else { return nil }
      guard let limit = RequestLimit(text) else {
        reader.refuse("\(cursor.name) must be a number of requests or a share of them", at: cursor)
        return nil
      }
      return limit
    }
    applyFailOn(reader)
    applyCoverage(reader)
  }

  private mutating func applyDocuments(
    _ reader: SettingsReader, _ directory: String, _ files: ProjectFiles
  ) {
    reader.set(.account, &account) { cursor in
      guard let text = reader.textOrNumber(cursor) else { return nil }
      guard text.utf8.count == 12, text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
        reader.refuse("an AWS account is a number of 12 digits", at: cursor)
        return nil
      }
      return text
    }
    reader.set(.scope, &scope) { reader.word($0, among: SettingWords.scopes) }
    reader.add(.with, to: &with, in: directory, files)
    reader.set(.resourceType, &resourceType) {
      reader.word($0, among: SettingWords.resourceTypes)
    }
    reader.set(.searchString, &searchString) {
      reader.word($0, among: SettingWords.searchStrings)
    }
    reader.set(.allowUnknown, &allowUnknown) { reader.flag($0) }
    reader.set(.strict, &strict) { reader.flag($0) }
    reader.set(.lenient, &lenient) { reader.flag($0) }
    reader.add(.assume, to: &assume) { Self.assumption($0, reader) }
    reader.add(.ipList, to: &ipLists) { Self.addressList($0, reader, in: directory, files) }
    reader.add(.rulesets, to: &rulesets, in: directory, files)
    reader.set(.fidelity, &fidelity) { reader.word($0, among: SettingWords.fidelities) }
    reader.add(.geoip, to: &geoip, in: directory, files)
  }

  private mutating func applyTraffic(
    _ reader: SettingsReader, _ directory: String, _ files: ProjectFiles
  ) {
    reader.add(.corpora, to: &corpora, in: directory, files)
    reader.set(.format, &format) { reader.word($0, among: SettingWords.formats) }
    reader.set(.rate, &rate) { reader.word($0, among: SettingWords.rates) }
    reader.set(.maxRecord, &maxRecord) { reader.wholeNumber($0, from: 1) }
    reader.add(.recordedUnder, to: &recordedUnder) { reader.text($0) }
  }

  private static func assumption(_ cursor: Cursor, _ reader: SettingsReader) -> String? {
    guard let text = reader.text(cursor) else { return nil }
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = sides[0].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let isComplete =
      names.count == 2 && !names.contains(where: \.isEmpty) && sides.count == 2
      && ["match", "no-match", "unknown"].contains(sides[1])
    guard isComplete else {
      reader.refuse(
        "'\(text)' has not the form GROUP/RULE=match, =no-match or =unknown", at: cursor)
      return nil
    }
    return text
  }

  private static func addressList(
    _ cursor: Cursor, _ reader: SettingsReader, in directory: String, _ files: ProjectFiles
  ) -> String? {
    guard let text = reader.text(cursor) else { return nil }
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides.contains(where: \.isEmpty) else {
      reader.refuse("'\(text)' has not the form RULE=FILE or GROUP/RULE=FILE", at: cursor)
      return nil
    }
    return "\(sides[0])=\(files.join(directory, String(sides[1])))"
  }

  private mutating func applyFailOn(_ reader: SettingsReader) {
    guard let value = reader.value(.failOn) else { return }
    var kinds: [FailOn] = []
    for element in value.elements ?? [value] {
      guard let text = reader.text(element) else { continue }
      do throws(FailOn.Problem) {
        kinds += try FailOn.kinds(text)
      } catch {
        reader.refuse(
          error.message, at: element, notes: error.notes, suggestion: error.suggestion)
      }
    }
    failOn = Setting(kinds, from: reader.origin(value))
  }

  private mutating func applyCoverage(_ reader: SettingsReader) {
    guard let value = reader.value(.coverage), let inner = reader.inside(value) else { return }
    inner.refuseOthers(than: Self.coverageKeys, what: "'coverage'") { _ in nil }
    guard let limit = inner.value("fail-under"), let share = inner.share(limit) else { return }
    failUnder = Setting(share, from: inner.origin(limit))
  }

  /// The settings inside `coverage`.
  package static let coverageKeys = ["fail-under"]

  // MARK: Budgets

  private static func budget(
    _ cursor: Cursor, _ reader: SettingsReader, _ bytes: [UInt8]
  ) -> Budget? {
    guard cursor.node.members == nil else {
      reader.refuse(
        "a budget must be a string", at: cursor,
        notes: ["a budget with a colon stands in single quotes: 'new_blocks(rule: \"x\") == 0'"])
      return nil
    }
    guard let text = reader.text(cursor) else { return nil }
    do throws(BudgetSyntaxError) {
      return try Budget(text)
    } catch {
      let range = ScalarBytes(text, at: cursor.node.range, in: bytes).range(of: error.range)
      reader.context.report(
        .error(
          "invalid-budget", error.message,
          at: Place(
            file: reader.context.file, byteRange: range, pointer: cursor.pointer),
          notes: error.notes, suggestion: error.suggestion))
      return nil
    }
  }
}

extension SettingsReader {
  /// The reader of an object inside this one.
  func inside(_ cursor: Cursor) -> SettingsReader? {
    SettingsReader(cursor, in: context, sources: sources)
  }
}
