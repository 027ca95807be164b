import ACLEdits
import ArgumentParser
import Diagnostics
import ManagedRules
import Wafcast

/// Changes that are tried on a web ACL without editing its file.
struct EditOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "What a rule does on a match: count, block, allow, captcha, challenge; none takes an override "
        + "away. RULE is a rule of the web ACL, or a rule inside a group: TOP/INNER, GROUP/INNER, "
        + "INNER. Repeatable.", valueName: "rule=action"))
  var settings: [String] = []

  @Option(
    name: .customLong("exclude"),
    help: ArgumentHelp("Let a rule inside a group count. Repeatable.", valueName: "rule"))
  var exclusions: [String] = []

  @Option(
    name: .customLong("default-action"),
    help: ArgumentHelp("The default action: allow or block.", valueName: "action"))
  var defaultAction: String?

  @Option(
    name: .customLong("remove"),
    help: ArgumentHelp("Take a rule of the web ACL out. Repeatable.", valueName: "rule"))
  var removals: [String] = []

  @Option(
    name: .customLong("add-rule"),
    help: ArgumentHelp(
      "Add the rule in a file, with a priority. Repeatable.", valueName: "file@priority"),
    completion: .file())
  var additions: [String] = []

  @Option(
    name: .customLong("write-acl"),
    help: ArgumentHelp(
      "Write the changed web ACL, laid out as the original.", valueName: "file"),
    completion: .file())
  var writeACL: String?

  func validate() throws {
    _ = try edits()
    if writeACL != nil, try edits().isEmpty {
      throw ValidationError("--write-acl asks for a change: --set, --exclude, --remove, …")
    }
  }

  /// The changes in the order in which they are made.
  func edits() throws -> [ACLEdit] {
    do throws(ACLEditError) {
      var edits: [ACLEdit] = []
      for text in settings { edits.append(try .set(text)) }
      edits += exclusions.map { .exclude(rule: $0) }
      if let defaultAction { edits.append(try .defaultAction(named: defaultAction)) }
      edits += removals.map { .remove(rule: $0) }
      for text in additions { edits.append(try .add(text)) }
      return ACLEdit.inOrder(edits, of: CommandLine.arguments)
    } catch {
      throw ValidationError(printable(error.message))
    }
  }

  /// Reads and compiles the web ACL with the changes made.
  func load(
    _ path: String, _ documents: DocumentOptions, isQuiet: Bool
  ) throws -> CompiledWebACL {
    let edits = try edits()
    guard !edits.isEmpty else { return try documents.load(path, isQuiet: isQuiet) }
    let original = try documents.load(path, isQuiet: true)
    let file = original.webACL.file
    let bytes = try changed(original, edits)
    let webACL = try documents.load(path, isQuiet: isQuiet, replacing: [file: bytes])
    if let writeACL {
      let output = try OutputFile(writeACL, mode: 0o644)
      try output.write(bytes)
      try output.close()
    }
    return webACL
  }

  private func changed(_ webACL: CompiledWebACL, _ edits: [ACLEdit]) throws -> [UInt8] {
    let file = webACL.webACL.file
    let bundle = webACL.bundle
    do throws(Diagnostic) {
      var editor = try ACLEditor(
        webACL.sources.bytes(of: file) ?? [], file: file, catalogue: webACL.catalogue,
        innerNames: { arn in bundle.ruleGroup(arn: arn)?.value.rules.map(\.name) })
      try editor.apply(edits)
      Messages.print(editor.warnings, editor.sources)
      return editor.bytes
    } catch {
      Messages.print([error], webACL.sources)
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}
