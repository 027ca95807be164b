import Diagnostics
import DocumentTree
import WAFModel

/// Loads a web ACL and the documents that it refers to.
///
/// A web ACL may be named as `REVISION:PATH` of the git repository around the working directory; what
/// is given with it is then read at that revision too, as far as it lies in the repository.
///
/// All documents are read, whatever is wrong with some, and everything that is found is reported
/// together. References that lead nowhere are left to the compiler.
package struct DocumentLoader: Sendable {
  /// How the documents are read.
  package var options: LoadingOptions
  /// Texts that are read in the place of files, by the names that these have in diagnostics.
  package var replacements: [String: [UInt8]] = [:]

  /// Creates a loader.
  package init(options: LoadingOptions = LoadingOptions()) {
    self.options = options
  }

  /// Loads a web ACL from a file, or from a bundle directory that has exactly one.
  ///
  /// - Parameters:
  ///   - path: the file or directory.
  ///   - others: files and directories with IP sets, regex pattern sets and rule groups.
  package func load(acl path: String, with others: [String] = []) -> LoadedDocuments {
    var loading = Loading(options: options, replacements: replacements)
    loading.load(path, role: .main)
    for other in others { loading.load(other, role: .with) }
    return loading.finish(mainPath: path)
  }

  /// Loads what has rules, for those who look at the rules and not at verdicts.
  ///
  /// A rule group comes as ``LoadedDocuments/ruleGroup`` and without a web ACL around it; nothing is
  /// said about a default action that is not there.
  ///
  /// - Parameters:
  ///   - path: the file or directory.
  ///   - others: files and directories with IP sets, regex pattern sets and rule groups.
  package func load(rulesOf path: String, with others: [String] = []) -> LoadedDocuments {
    var loading = Loading(options: options)
    loading.looksAtRulesOnly = true
    loading.load(path, role: .main)
    for other in others { loading.load(other, role: .with) }
    return loading.finish(mainPath: path)
  }

  /// Loads a web ACL from memory.
  ///
  /// - Parameters:
  ///   - bytes: the document.
  ///   - file: its name in diagnostics; its extension tells JSON from YAML.
  ///   - others: files and directories with IP sets, regex pattern sets and rule groups.
  package func load(
    aclBytes bytes: [UInt8], file: String, with others: [String] = []
  ) -> LoadedDocuments {
    var loading = Loading(options: options)
    loading.add(bytes, file: file, role: .main, isInDirectory: false)
    for other in others { loading.load(other, role: .with) }
    return loading.finish(mainPath: file)
  }
}

/// One run of the loader.
private struct Loading {
  enum Role {
    /// The web ACL is looked for here.
    case main
    /// What it refers to may be here.
    case with
  }

  let options: LoadingOptions
  let replacements: [String: [UInt8]]
  /// Whether nobody asks what becomes of requests.
  var looksAtRulesOnly = false
  var loaded = LoadedDocuments()
  private var mainACLs: [Located<WebACL>] = []
  /// Whether the main path is broken in a way that was reported already.
  private var mainIsBroken = false
  private var seen: Set<String> = []
  /// Where the main document was read.
  private var mainSource = DocumentSource.disk
  private var placesByARN: [String: Place] = [:]

  init(options: LoadingOptions, replacements: [String: [UInt8]] = [:]) {
    self.options = options
    self.replacements = replacements
  }

  mutating func load(_ path: String, role: Role) {
    do throws(Diagnostic) {
      let place: DocumentPath
      switch role {
      case .main:
        place = try DocumentPath(path)
        mainSource = place.source
      case .with:
        guard let found = try DocumentPath(path, beside: mainSource) else { return }
        place = found
      }
      let (files, isDirectory) = try place.source.documents(at: place.path)
      if isDirectory, files.isEmpty {
        loaded.diagnostics.append(
          .warning(
            "empty-directory", "the directory '\(path)' has no .json, .yaml or .yml file"))
      }
      for file in files {
        // A directory given with --with may well hold the web ACL's own file.
        guard seen.insert(file.identity).inserted else { continue }
        do throws(Diagnostic) {
          let bytes =
            if let text = replacements[file.name] { text } else { try place.source.read(file) }
          add(bytes, file: file.name, role: role, isInDirectory: isDirectory)
        } catch {
          report(error, role: role)
        }
      }
    } catch {
      report(error, role: role)
    }
  }

  private mutating func report(_ diagnostic: Diagnostic, role: Role) {
    loaded.diagnostics.append(diagnostic)
    if role == .main { mainIsBroken = true }
  }

  mutating func add(_ bytes: [UInt8], file: String, role: Role, isInDirectory: Bool) {
    let reading = DocumentReading(bytes: bytes, file: file, options: options)
    let root = reading.root
    loaded.sources.add(file: file, bytes: bytes) { root?.span(of: $0) }
    if case .partial(let part, let webACL) = reading.content {
      addPartial(
        part, webACL, reading.diagnostics, file: file, role: role, isInDirectory: isInDirectory)
      return
    }
    loaded.diagnostics += tolerated(reading, role: role, isInDirectory: isInDirectory)
    switch reading.content {
    case .webACL(let webACL):
      register(webACL.value.arn, at: webACL.place(["ARN"]))
      loaded.bundle.webACLs.append(webACL)
      if role == .main {
        mainACLs.append(webACL)
      } else {
        loaded.diagnostics.append(
          .warning(
            "ignored-document", "this web ACL is not used: another one was asked for",
            at: webACL.place()))
      }
    case .ruleGroup(let group):
      register(group.value.arn, at: group.place(["ARN"]))
      if role == .main, !isInDirectory {
        addMainGroup(group)
      } else {
        loaded.bundle.ruleGroups.append(group)
        expectReferences(group.value.arn, .ruleGroup, group.place(), role, isInDirectory)
      }
    case .ipSet(let set):
      register(set.value.arn, at: set.place(["ARN"]))
      loaded.bundle.ipSets.append(set)
      expectReferences(set.value.arn, .ipSet, set.place(), role, isInDirectory)
    case .regexPatternSet(let set):
      register(set.value.arn, at: set.place(["ARN"]))
      loaded.bundle.regexPatternSets.append(set)
      expectReferences(set.value.arn, .regexPatternSet, set.place(), role, isInDirectory)
    case .other(let what, let advice):
      refuse(what, advice: advice, file: file, role: role, isInDirectory: isInDirectory)
    case .none:
      if role == .main, !(options.lenient && isInDirectory) { mainIsBroken = true }
    case .partial: break
    }
  }

  /// What a reading found; a broken document among others does no harm where one is lenient: what
  /// refers to it is unknown.
  private func tolerated(
    _ reading: DocumentReading, role: Role, isInDirectory: Bool
  ) -> [Diagnostic] {
    guard options.lenient, case .none = reading.content, role == .with || isInDirectory else {
      return reading.diagnostics
    }
    return reading.diagnostics.map { $0.tolerated("the document is left out") }
  }

  /// Rules or a statement alone: a web ACL where one was asked for by name.
  private mutating func addPartial(
    _ part: PartialDocument, _ webACL: Located<WebACL>?, _ diagnostics: [Diagnostic],
    file: String, role: Role, isInDirectory: Bool
  ) {
    guard role == .main, !isInDirectory else {
      refuse(
        part.inWords, advice: "a web ACL is expected: an object with DefaultAction and Rules",
        file: file, role: role, isInDirectory: isInDirectory)
      return
    }
    if !looksAtRulesOnly { loaded.diagnostics.append(part.warning(in: file)) }
    loaded.diagnostics += diagnostics
    guard let webACL else {
      mainIsBroken = true
      return
    }
    loaded.partial = part
    loaded.bundle.webACLs.append(webACL)
    mainACLs.append(webACL)
  }

  /// A rule group alone: it runs in a web ACL that does nothing else.
  private mutating func addMainGroup(_ group: Located<RuleGroup>) {
    var group = group
    let name = group.value.name ?? group.value.arn.flatMap { ARN($0) }?.name ?? "rule-group"
    // A group that is not deployed yet has no ARN; it is referred to by a name all the same.
    let arn = group.value.arn ?? "rulegroup/\(name)"
    group.value.arn = arn
    loaded.bundle.ruleGroups.append(group)
    loaded.ruleGroup = group
    loaded.partial = .ruleGroup
    guard !looksAtRulesOnly else { return }
    let rule = Rule(
      name: name, priority: 0,
      statement: .ruleGroupReference(RuleGroupReferenceStatement(arn: arn)),
      overrideAction: OverrideAction.none)
    let webACL = Located(
      value: WebACL(
        scope: group.value.scope, defaultAction: .allow(AllowAction()), rules: [rule]),
      file: group.file)
    loaded.diagnostics.append(PartialDocument.ruleGroup.warning(in: group.file))
    loaded.bundle.webACLs.append(webACL)
    mainACLs.append(webACL)
  }

  /// Something else than a wafv2 document: an error where a file was named, otherwise a warning.
  private mutating func refuse(
    _ what: String, advice: String, file: String, role: Role, isInDirectory: Bool
  ) {
    let place = Place(file: file)
    if isInDirectory {
      loaded.diagnostics.append(
        .warning(
          "ignored-document", "this file is ignored: it is \(what)", at: place, notes: [advice]))
    } else if role == .main {
      report(
        .error(
          advice.hasPrefix("not supported yet") ? "not-supported-yet" : "not-a-web-acl",
          "a web ACL is expected, but this is \(what)", at: place, notes: [advice]),
        role: role)
    } else {
      report(
        .error(
          "not-a-wafv2-document",
          "an IP set, regex pattern set or rule group is expected, but this is \(what)",
          at: place),
        role: role)
    }
  }

  /// A document that only references can reach must have what they name.
  private mutating func expectReferences(
    _ arn: String?, _ resource: DocumentShape.Resource, _ place: Place, _ role: Role,
    _ isInDirectory: Bool
  ) {
    if role == .main, !isInDirectory {
      report(
        .error(
          "not-a-web-acl", "a web ACL is expected, but this is \(resource.inWords)",
          at: place, notes: ["give it with --with"]),
        role: role)
    } else if arn == nil {
      loaded.diagnostics.append(
        .warning(
          "missing-arn",
          "\(resource.inWords) without 'ARN' can't be found by the rules that refer to it",
          at: place))
    }
  }

  private mutating func register(_ arn: String?, at place: Place) {
    guard let arn else { return }
    if let first = placesByARN[arn] {
      let error = Diagnostic.error(
        "duplicate-arn", "two documents have the ARN '\(arn)'", at: place,
        notes: ["the other one is \(first.file)"])
      loaded.diagnostics.append(options.lenient ? error.tolerated() : error)
    } else {
      placesByARN[arn] = place
    }
  }

  mutating func finish(mainPath: String) -> LoadedDocuments {
    if mainACLs.count > 1 {
      let names = mainACLs.map { acl in
        acl.file + (acl.value.name.map { " ('\($0)')" } ?? "")
      }
      loaded.diagnostics.append(
        .error(
          "several-web-acls", "'\(mainPath)' has \(mainACLs.count) web ACLs, one is expected",
          notes: names + ["name the file, and give the directory with --with"]))
    } else if mainACLs.isEmpty, loaded.ruleGroup == nil, !mainIsBroken, !loaded.hasErrors {
      loaded.diagnostics.append(
        .error(
          "no-web-acl", "'\(mainPath)' has no web ACL", notes: [DocumentShape.exportAdvice]))
    }
    if mainACLs.count == 1 { loaded.webACL = mainACLs.first }
    return loaded
  }
}

extension Located {
  fileprivate func place(_ components: [String]) -> Place {
    place(JSONPointer(components))
  }
}
