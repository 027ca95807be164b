import Diagnostics
import DocumentTree
import ManagedRules
import WAFCapacity
import WAFCompiler
import WAFDocuments
import WAFEngine
import WAFModel
import WAFProgram
import WAFTraffic

/// A document of any kind: read, checked, written again, counted, compiled, and run on two requests.
func fuzzDocument(_ input: [UInt8], file: String) throws(FuzzFailure) {
  let lenient = LoadingOptions(searchString: .auto, allowUnknown: true)
  for options in [LoadingOptions(searchString: .plain, strict: true), lenient] {
    let loaded = DocumentLoader(options: options).load(aclBytes: input, file: file)
    render(loaded.diagnostics, loaded.sources)
    try require(
      loaded.webACL != nil || loaded.hasErrors, "nothing read and nothing wrong: \(quoted(input))")
    for group in loaded.bundle.ruleGroups { try checkWriting(group, input) }
    for set in loaded.bundle.ipSets { try checkWriting(set, input) }
    for set in loaded.bundle.regexPatternSets { try checkWriting(set, input) }
    guard let webACL = loaded.webACL else { continue }
    try checkWriting(webACL, input)
    let estimate = CapacityEstimate(of: webACL, bundle: loaded.bundle, catalogue: catalogue)
    try require(
      estimate.capacity.estimate <= estimate.capacity.upperBound,
      "more capacity than the most: \(quoted(input))")
    // What has errors is compiled too: only the command line stops there.
    let compiled = Compiler.compile(webACL, bundle: loaded.bundle, catalogue: catalogue)
    render(compiled.diagnostics, loaded.sources)
    let checks = RecordChecks(compiled.program)
    for request in sampleRequests {
      if let record = decoded(request, as: .rawHTTP) { try checks.check(record, input: input) }
    }
  }
}

/// A file of a managed rule group.
func fuzzRuleset(_ input: [UInt8]) throws(FuzzFailure) {
  let file = RulesetFile(bytes: input, file: "ruleset.json")
  var sources = SourceMap()
  sources.add(file: "ruleset.json", bytes: input) { [tree = file.tree] in tree?.span(of: $0) }
  render(file.diagnostics, sources)
  try require(
    file.group != nil || !file.diagnostics.isEmpty, "nothing read, nothing wrong: \(quoted(input))")
}

let catalogue = RulesetCatalogue.bundled()

private let sampleRequests = [
  Array(
    "GET /admin/a.php?x=%3Cscript%3E&y=1 HTTP/1.1\r\nhost: a.example\r\ncookie: a=b\r\n\r\n".utf8),
  Array(
    ("POST /login HTTP/1.1\r\nhost: a.example\r\ncontent-type: application/json\r\n"
      + "x-forwarded-for: 192.0.2.1, 2001:db8::1\r\ncontent-length: 13\r\n\r\n{\"a\":[\"b\",1]}")
      .utf8
  ),
]

private func render(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
  for diagnostic in diagnostics.prefix(20) { _ = sources.render(diagnostic) }
}

/// Writing gives back what was read.
private func checkWriting<Value: TreeReadable & TreeWritable & Hashable & Sendable>(
  _ located: Located<Value>, _ input: [UInt8]
) throws(FuzzFailure) {
  let text = JSONWriter.pretty(located.value.node())
  let tree: Node
  do throws(Diagnostic) {
    tree = try JSONParser.parse(Array(text.utf8), file: "written.json", depthLimit: 512)
  } catch {
    throw FuzzFailure("what was written is no JSON: \(error.message) in \(text)")
  }
  // The spelling of search strings is told from the document: it is not the value's business here.
  let context = ReadingContext(
    file: "written.json", features: [.allowUnknown, .plainSearchStrings])
  let again = Value(reading: Cursor(tree), in: context)
  try require(
    again.map { JSONWriter.pretty($0.node()) } == text, "written otherwise the second time: \(text)"
  )
}
