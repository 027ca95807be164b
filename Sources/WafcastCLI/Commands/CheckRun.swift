import ACLTesting
import ArgumentParser
import Findings
import Gate
import GateSettings
import WAFComparison
import WAFDocuments
import WAFReplay
import WAFReports
import WAFTraffic
import Wafcast

/// The web ACLs of a configuration, one after the other.
struct CheckRun {
  private(set) var acceptances: Acceptances
  let workers: Int?
  let isQuiet: Bool
  let showsProgress: Bool
  private var sections: [GateSection] = []
  private var stamp: [GateReport.StampLine] = []
  /// Whether the run was interrupted.
  private(set) var isPartial = false

  init(acceptances: Acceptances, workers: Int?, isQuiet: Bool, showsProgress: Bool) {
    self.acceptances = acceptances
    self.workers = workers
    self.isQuiet = isQuiet
    self.showsProgress = showsProgress
  }

  mutating func check(_ settings: ACLSettings) async throws {
    let new = try load(settings.file.value, settings, isQuiet: isQuiet)
    let old = try base(of: settings, new)
    let webACLs = CompiledComparison(old: old ?? new, new: new)
    // Tests alone are a check too; without either the traffic that is missing is the finding.
    let hasTraffic = !settings.corpora.paths.isEmpty || settings.tests.paths.isEmpty
    let compared = hasTraffic ? try await compare(webACLs, settings) : nil
    let tests = try runTests(settings, new)
    isPartial = compared?.isPartial ?? false || tests?.isPartial ?? false
    sections.append(
      ACLCheck(settings, new).section(
        webACLs, compared, isCompared: old != nil, tests: tests, accepting: &acceptances))
    addStamp(new, old, compared)
  }

  func report(needsDigests: Bool) throws -> GateReport {
    var sections = sections
    if !sections.isEmpty {
      sections[0].findings += acceptances.findings(
        webACL: sections[0].name, isComplete: !isPartial)
      sections[0].findings.sort(by: Finding.inOrder)
    }
    let findings = sections.flatMap(\.findings)
    let outcome: GateReport.Outcome =
      if isPartial { .partial } else {
        switch findings.exitCode {
        case 0: .passed
        case 2: .error
        default: .failed
        }
      }
    return GateReport(
      command: "check", sections: sections, outcome: outcome,
      notices: acceptances.notices(isComplete: !isPartial),
      stamp: [
        GateReport.StampLine("version", WafcastVersion.current),
        GateReport.StampLine(
          "command",
          (["wafcast"] + StampMaker.command(CommandLine.arguments.dropFirst()))
            .joined(separator: " ")),
      ] + stamp)
  }

  // MARK: Parts

  private func load(
    _ path: String, _ settings: ACLSettings, isQuiet: Bool
  ) throws -> CompiledWebACL {
    do throws(LoadFailure) {
      let webACL = try loadWebACL(
        path, with: settings.with.paths, options: settings.loadOptions)
      if !isQuiet { Messages.print(webACL.diagnostics, webACL.sources) }
      return webACL
    } catch {
      switch error {
      case .invalid(let diagnostics, let sources): Messages.print(diagnostics, sources)
      }
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }

  /// The old side; nil where nothing is compared.
  private func base(of settings: ACLSettings, _ new: CompiledWebACL) throws -> CompiledWebACL? {
    guard let base = settings.base.value else { return nil }
    switch base.target(in: ProjectFiles()) {
    case .file(let path): return try load(path, settings, isQuiet: true)
    case .object(let revision, let path):
      return try load("\(revision):\(path)", settings, isQuiet: true)
    case .revision(let revision):
      do {
        guard let name = try documentName(of: settings.file.value, atRevision: revision) else {
          return try emptyWebACL(like: new, settings, revision)
        }
        return try load(name, settings, isQuiet: true)
      } catch let diagnostic as Diagnostic {
        Messages.print([diagnostic], new.sources)
        throw ExitCode(ExitStatus.failed.rawValue)
      }
    }
  }

  /// A web ACL that is new is compared with one that lets everything pass.
  private func emptyWebACL(
    like new: CompiledWebACL, _ settings: ACLSettings, _ revision: String
  ) throws -> CompiledWebACL {
    let text = #"{"DefaultAction": {"Allow": {}}, "Rules": []}"#
    var options = settings.loadOptions
    options.webACLName = new.webACL.value.name
    do throws(LoadFailure) {
      return try loadWebACL(
        bytes: Array(text.utf8), file: "\(revision): no web ACL", options: options)
    } catch {
      throw Failure("the web ACL '\(settings.file.value)' is not there at '\(revision)'")
    }
  }

  private func compare(
    _ webACLs: CompiledComparison, _ settings: ACLSettings
  ) async throws -> ComparedTraffic {
    let progress = showsProgress ? ProgressLine() : nil
    defer { progress?.clear() }
    var options = settings.replayOptions
    if let workers { options.workers = workers }
    do {
      return try await Wafcast.compare(
        webACLs, traffic: settings.corpora.paths,
        format: TrafficFormat(rawValue: settings.format.value) ?? .auto,
        maxRecordBytes: settings.maxRecord.value, options: options,
        sinks: ReplaySinks(progress: progress.map { line in { line.show($0) } }))
    } catch {
      throw try Failure(explaining: error)
    }
  }

  private func runTests(
    _ settings: ACLSettings, _ webACL: CompiledWebACL
  ) throws -> ACLTestReport? {
    guard !settings.tests.paths.isEmpty else { return nil }
    let files = try ACLTestFiles.load(settings.tests.paths)
    return ACLTestRun(webACL, files).report(isInterrupted: { Task.isCancelled })
  }

  private mutating func addStamp(
    _ new: CompiledWebACL, _ old: CompiledWebACL?, _ compared: ComparedTraffic?
  ) {
    stamp.append(GateReport.StampLine("acl", "\(new.webACL.file) \(new.digest.prefix(16))"))
    if let old {
      stamp.append(GateReport.StampLine("base", "\(old.webACL.file) \(old.digest.prefix(16))"))
    }
    stamp.append(GateReport.StampLine("rulesets", String(new.rulesetsDigest.prefix(16))))
    for assumption in new.program.stamp.split(separator: ";") where assumption.contains("assume ") {
      stamp.append(GateReport.StampLine("assume", String(assumption.drop { $0 == " " })))
    }
    for input in compared?.inputs ?? [] { stamp.append(GateReport.StampLine("traffic", input)) }
  }
}
