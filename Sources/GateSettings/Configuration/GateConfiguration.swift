package import Diagnostics
import DocumentTree
import Findings
import WAFDocuments

/// What a project has set in its `wafcast.yml`: what is checked, with what, and how strictly.
package struct GateConfiguration: Hashable, Sendable {
  /// The configuration's file, as seen from the working directory; empty where there is none.
  package var file: String
  /// What its paths are relative to: empty, or with a slash at its end.
  package var directory: String
  /// At least one, where it was read without an error.
  package var acls: [ACLSettings]
  /// The file of accepted findings, as seen from the working directory.
  package var baseline = Setting<String?>(nil)
  package var suppressions: [Suppression] = []
  package var reports: [Setting<ReportRequest>] = []

  /// A configuration without a file: some web ACLs of the command line with the usual settings.
  package init(webACLs: [String]) {
    file = ""
    directory = ""
    acls = webACLs.map { ACLSettings(file: Setting($0, from: .commandLine)) }
  }

  /// A configuration, and what is wrong with it.
  package struct Reading: Sendable {
    /// Nil where the file could not be read as a document; what was read where there are errors.
    package var configuration: GateConfiguration?
    package var diagnostics: [Diagnostic]
    /// For the places of the diagnostics.
    package var sources: SourceMap
  }

  /// Reads a configuration.
  ///
  /// - Parameter path: as seen from the working directory; what ends in `.json` is JSON, else YAML.
  package static func read(_ path: String, in files: ProjectFiles = ProjectFiles()) -> Reading {
    var sources = SourceMap()
    do throws(Diagnostic) {
      let bytes = try files.read(path)
      sources.add(file: path, bytes: bytes)
      let root = try document(bytes, file: path)
      sources.add(file: path, bytes: bytes) { root.span(of: $0) }
      let context = ReadingContext(file: path)
      var configuration = GateConfiguration(webACLs: [])
      configuration.file = path
      configuration.directory = Self.directory(of: path)
      let beside = configuration.read(
        Cursor(root), in: context, bytes: bytes, files: files, sources: &sources)
      return Reading(
        configuration: configuration,
        diagnostics: inOrder(context.diagnostics, sources) + beside, sources: sources)
    } catch {
      return Reading(configuration: nil, diagnostics: [error], sources: sources)
    }
  }

  /// Replaces patterns of paths by what they stand for.
  ///
  /// - Returns: an error for each that stands for nothing, with its place in the configuration.
  package mutating func expandPaths(in files: ProjectFiles = ProjectFiles()) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for index in acls.indices {
      // What stands beside `acls` is in each entry, and is wrong once.
      for found in acls[index].expandPaths(in: files) where !diagnostics.contains(found) {
        diagnostics.append(found)
      }
    }
    return diagnostics
  }

  // MARK: Reading

  /// - Returns: what is wrong with other files.
  private mutating func read(
    _ root: Cursor, in context: ReadingContext, bytes: [UInt8], files: ProjectFiles,
    sources: inout SourceMap
  ) -> [Diagnostic] {
    guard let reader = SettingsReader(root, in: context, sources: sources) else { return [] }
    Self.refuseOthers(reader, than: SettingKey.atTop, what: "the configuration")
    if let version = reader.value(.version), let number = reader.wholeNumber(version, from: 0),
      number != 1
    {
      reader.refuse("this wafcast reads version 1 of the configuration", at: version)
    }
    var common = ACLSettings(file: Setting(""))
    common.apply(reader, directory: directory, files: files, bytes: bytes)
    readWebACLs(reader, common, files, bytes)
    reader.set(.baseline, &baseline) { cursor in
      reader.text(cursor).map { files.join(directory, $0) }
    }
    let folder = directory
    reader.add(.reports, to: &reports) { Self.report($0, reader, folder, files) }
    guard let value = reader.value(.suppressions) else { return [] }
    if value.node.text != nil, let path = reader.text(value) {
      return readSuppressions(of: files.join(directory, path), at: value, reader, files, &sources)
    }
    suppressions = Suppression.list(value, reader)
    return []
  }

  private static func refuseOthers(
    _ reader: SettingsReader, than keys: [SettingKey], what: String
  ) {
    reader.refuseOthers(than: keys.map(\.rawValue), what: what) { key in
      if let other = SettingKey(rawValue: key) {
        return (
          [other.level == .top ? "it stands beside 'acls'" : "it stands in an entry of 'acls'"], nil
        )
      }
      let meant = SettingKey.mistaken[key.lowercased()] ?? SettingKey(rawValue: dashed(key))
      return meant.map { ([], $0.rawValue) }
    }
  }

  /// `failOn` and `fail_on` as the setting `fail-on`.
  private static func dashed(_ key: String) -> String {
    key.reduce(into: "") { result, character in
      if character.isUppercase, !result.isEmpty, !result.hasSuffix("-") { result += "-" }
      result += character == "_" ? "-" : character.lowercased()
    }
  }

  private mutating func readWebACLs(
    _ reader: SettingsReader, _ common: ACLSettings, _ files: ProjectFiles, _ bytes: [UInt8]
  ) {
    guard reader.value(.acls) != nil else {
      reader.context.error(
        "missing-member", "the configuration has no 'acls': no web ACL to check",
        at: reader.cursor.pointer)
      return
    }
    let entries = reader.elements(.acls)
    if entries.isEmpty, let list = reader.value(.acls) {
      reader.refuse("'acls' is empty: no web ACL to check", at: list)
    }
    for entry in entries {
      var settings = common
      if entry.node.text != nil {
        guard let path = reader.text(entry) else { continue }
        settings.file = Setting(files.join(directory, path), from: reader.origin(entry))
        settings.filePlace = reader.place(entry)
      } else {
        guard let inner = reader.inside(entry) else { continue }
        Self.refuseOthers(inner, than: SettingKey.inEntry, what: "a web ACL")
        guard let path = inner.value(.file) else {
          reader.context.error(
            "missing-member", "\(entry.name) has no 'file'", at: entry.pointer,
            notes: ["the web ACL's document: a JSON or YAML file, or a directory"])
          continue
        }
        inner.set(.file, &settings.file) { cursor in
          inner.text(cursor).map { files.join(directory, $0) }
        }
        settings.filePlace = inner.place(path)
        inner.set(.name, &settings.name) { inner.text($0) }
        settings.apply(inner, directory: directory, files: files, bytes: bytes)
      }
      acls.append(settings)
    }
  }

  private static func report(
    _ cursor: Cursor, _ reader: SettingsReader, _ directory: String, _ files: ProjectFiles
  ) -> ReportRequest? {
    guard let text = reader.text(cursor) else { return nil }
    do throws(ReportRequest.Problem) {
      var request = try ReportRequest(text)
      if let path = request.path, path != "-" { request.path = files.join(directory, path) }
      return request
    } catch {
      reader.refuse(error.message, at: cursor, notes: error.notes, suggestion: error.suggestion)
      return nil
    }
  }

  private mutating func readSuppressions(
    of path: String, at cursor: Cursor, _ reader: SettingsReader, _ files: ProjectFiles,
    _ sources: inout SourceMap
  ) -> [Diagnostic] {
    do throws(Diagnostic) {
      let bytes = try files.read(path)
      sources.add(file: path, bytes: bytes)
      let root = try Self.document(bytes, file: path)
      sources.add(file: path, bytes: bytes) { root.span(of: $0) }
      let context = ReadingContext(file: path)
      suppressions = Suppression.list(file: Cursor(root), in: context, sources: sources)
      return Self.inOrder(context.diagnostics, sources)
    } catch {
      // A file that is not there is the configuration's mistake.
      guard error.place == nil else { return [error] }
      reader.refuse(error.message, at: cursor)
      return []
    }
  }

  // MARK: Documents

  static func document(_ bytes: [UInt8], file: String) throws(Diagnostic) -> Node {
    guard !file.lowercased().hasSuffix(".json") else {
      return try JSONParser.parse(bytes, file: file)
    }
    do throws(Diagnostic) {
      return try YAMLReader.parse(bytes, file: file)
    } catch {
      var error = error
      // The parser's words on a colon inside a budget help nobody.
      if let offset = error.place?.byteRange?.lowerBound,
        bytes.prefix(offset).split(separator: 0x0A).last?.contains(UInt8(ascii: "(")) == true
      {
        error.notes.append(
          "a budget with a colon stands in single quotes: 'new_blocks(rule: \"x\") == 0'")
      }
      throw error
    }
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }

  /// Diagnostics from top to bottom.
  private static func inOrder(_ diagnostics: [Diagnostic], _ sources: SourceMap) -> [Diagnostic] {
    let keyed = diagnostics.enumerated().map { index, diagnostic in
      let location = diagnostic.place.flatMap { sources.location(of: $0) }
      return (key: (location?.line ?? 0, location?.column ?? 0, index), diagnostic: diagnostic)
    }
    return keyed.sorted { $0.key < $1.key }.map(\.diagnostic)
  }
}
