import Diagnostics
import DocumentTree
import Findings
import Foundation
import WAFDocuments

extension ACLTestFile {
  /// Reads a test file.
  package static func load(_ path: String) -> LoadedACLTestFile {
    do {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      return read(bytes, file: path)
    } catch {
      let exists = FileManager.default.fileExists(atPath: path)
      return LoadedACLTestFile(
        value: nil,
        diagnostics: [
          exists
            ? .error("unreadable-file", "the file '\(path)' can't be read")
            : .error("file-not-found", "there is no file '\(path)'")
        ], sources: SourceMap())
    }
  }

  /// Reads a test file that is in memory; paths in it are relative to its folder all the same.
  package static func read(_ bytes: [UInt8], file: String) -> LoadedACLTestFile {
    var sources = SourceMap()
    do throws(Diagnostic) {
      let root =
        file.lowercased().hasSuffix(".json")
        ? try JSONParser.parse(bytes, file: file) : try YAMLReader.parse(bytes, file: file)
      sources.add(file: file, bytes: bytes) { root.span(of: $0) }
      let context = ReadingContext(file: file)
      let value = ACLTestFile(reading: Cursor(root), in: context, sources)
      return LoadedACLTestFile(
        value: context.hasErrors ? nil : value, diagnostics: context.diagnostics,
        sources: sources)
    } catch {
      sources.add(file: file, bytes: bytes)
      return LoadedACLTestFile(value: nil, diagnostics: [error], sources: sources)
    }
  }

  private init?(reading cursor: Cursor, in context: ReadingContext, _ sources: SourceMap) {
    guard var object = KeyedReader<TestFileKey>(cursor, in: context) else { return nil }
    let files = NamedFiles(context: context)
    self.init(file: context.file)
    acl = object.text(.acl).map { files.path($0) }
    with = object.texts(.with).map { files.path($0) }
    var defaults = RequestMembers()
    if let cursor = object.value(.defaults),
      let members = RequestMembers(defaults: cursor, in: context)
    {
      defaults = members
    }
    guard let list = object.value(.tests) else {
      context.error(
        "missing-member", "the file has no 'tests'", at: cursor.pointer,
        notes: ["tests: a list of tests"])
      return
    }
    guard let elements = list.elements else {
      context.wrongType(list, expected: "an array")
      return
    }
    if elements.isEmpty {
      context.error("empty-list", "'tests' is an empty list", at: list.pointer)
    }
    var names: Set<String> = []
    for element in elements {
      guard let test = ACLTest(reading: element, in: context, defaults, sources) else { continue }
      guard names.insert(test.name).inserted else {
        let explicit = element.node[TestKey.name.rawValue] != nil
        context.error(
          "repeated-name",
          "there is a test '\(test.name)' already" + (explicit ? "" : "; give this one a 'name'"),
          at: explicit ? element.pointer.appending(TestKey.name.rawValue) : element.pointer)
        continue
      }
      tests.append(test)
    }
  }
}

extension ACLTest {
  fileprivate init?(
    reading cursor: Cursor, in context: ReadingContext, _ defaults: RequestMembers,
    _ sources: SourceMap
  ) {
    guard var object = KeyedReader<TestKey>(cursor, in: context) else { return nil }
    let written = Self.writtenCorpora(object.value(.records))
    let subject = Self.subject(&object, context, defaults)
    let expectation = Self.expectation(&object, context)
    let undecided = object.word(.undecided, as: Undecided.self)
    let name = object.text(.name)
    if let name, name.isEmpty { object.error("invalid-value", "'name' is empty", at: .name) }
    guard let subject else { return nil }
    if name == nil, !object.has(.name), !object.has(.records) {
      context.error(
        "missing-member", "the test has no 'name'", at: cursor.pointer,
        notes: ["say what must hold, such as 'checkout always passes'"])
    }
    let place = sources.location(of: context.place(cursor.pointer))
    self.init(
      name: name ?? "records of \(written.joined(separator: ", "))",
      location: Finding.Location(file: context.file, line: place?.line, column: place?.column),
      subject: subject, expectation: expectation ?? Expectation(),
      undecided: undecided ?? .fail)
  }

  /// The recordings of `records` as the file spells them.
  private static func writtenCorpora(_ records: Cursor?) -> [String] {
    guard let node = records?.node else { return [] }
    let list = node.members == nil ? node : node[SelectionKey.corpus.rawValue] ?? node
    return (list.elements ?? [list]).compactMap(\.text)
  }

  private static func subject(
    _ object: inout KeyedReader<TestKey>, _ context: ReadingContext, _ defaults: RequestMembers
  ) -> Subject? {
    let kind = object.onlyOne(of: [.request, .select, .records])
    switch kind {
    case .request?:
      return object.value(.request)
        .flatMap {
          RequestMembers(request: $0, in: context, NamedFiles(context: context))
        }
        .map { .request(RequestDescription($0, defaults: defaults)) }
    case .select?:
      return object.value(.select)
        .flatMap { RequestSelection(reading: $0, in: context, takesPaths: false) }
        .map { .selection($0) }
    case .records?:
      return object.value(.records)
        .flatMap { RequestSelection(reading: $0, in: context, takesPaths: true) }
        .map { .records($0) }
    default:
      context.error(
        "missing-member", "the test looks at nothing", at: object.pointer,
        notes: ["one of request, select, records"])
      return nil
    }
  }

  private static func expectation(
    _ object: inout KeyedReader<TestKey>, _ context: ReadingContext
  ) -> Expectation? {
    guard let cursor = object.value(.expect) else {
      if !object.has(.records), object.has(.request) || object.has(.select) {
        context.error(
          "missing-member", "the test has no 'expect': it could not fail", at: object.pointer)
      }
      return nil
    }
    if object.has(.records) {
      object.error(
        "exclusive-members",
        "'records' have expectations of their own: no 'expect' beside it", at: .expect,
        notes: ["'select' gives all requests one expectation"])
    }
    return Expectation(reading: cursor, in: context)
  }
}
