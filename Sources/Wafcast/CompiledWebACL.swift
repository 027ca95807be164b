import Bytes
public import Diagnostics
import GeoDatabase
package import ManagedRules
import WAFCapacity
import WAFChecks
import WAFCompiler
import WAFDocuments
import WAFEngine
public import WAFModel
public import WAFProgram
import WAFRequests

/// A web ACL, read from its documents and compiled: ready to be run over requests.
///
/// It is immutable and may be shared by any number of `Predictor`s.
public struct CompiledWebACL: Sendable {
  /// Warnings about the documents; errors do not come so far.
  public let diagnostics: [Diagnostic]
  /// The documents read: they turn a diagnostic into text with its line.
  public let sources: SourceMap
  /// The web ACL as read.
  public let webACL: Located<WebACL>
  /// The compiled form.
  public let program: Program
  /// SHA-256 of the web ACL's document, in hexadecimal.
  public let digest: String
  /// SHA-256 over the managed rule data in use, in hexadecimal.
  public let rulesetsDigest: String
  /// What `LoadOptions.geoDatabases` tell of addresses; nil without one.
  let addresses: (any AddressDatabase)?
  /// The documents that the web ACL may refer to.
  package let bundle: DocumentBundle
  /// The managed rule groups that it was compiled with.
  package let catalogue: RulesetCatalogue
  /// How it was compiled.
  let compilerOptions: CompilerOptions
}

/// Why a web ACL cannot be loaded.
public enum LoadFailure: Error {
  /// The documents have errors; at least one of the diagnostics is one.
  case invalid([Diagnostic], SourceMap)
}

/// Reads and compiles a web ACL.
///
/// - Parameters:
///   - path: a JSON or YAML file (the output of `get-web-acl`, the input of `create-web-acl`, or the
///     web ACL itself), or a directory with one web ACL and the documents that it refers to.
///   - others: files or directories with IP sets, regex pattern sets and rule groups.
///   - options: what the documents leave open.
/// - Throws: `LoadFailure.invalid` where a document cannot be read or the service would refuse it.
public func loadWebACL(
  _ path: String, with others: [String] = [], options: LoadOptions = LoadOptions()
) throws(LoadFailure) -> CompiledWebACL {
  let loader = DocumentLoader(options: LoadingOptions(options))
  return try compile(loader.load(acl: path, with: others), options)
}

/// Reads and compiles a web ACL of which some documents have another text than their files.
package func loadWebACL(
  _ path: String, with others: [String], options: LoadOptions, replacing texts: [String: [UInt8]]
) throws(LoadFailure) -> CompiledWebACL {
  var loader = DocumentLoader(options: LoadingOptions(options))
  loader.replacements = texts
  return try compile(loader.load(acl: path, with: others), options)
}

/// Reads and compiles a web ACL that is already in memory.
///
/// - Parameters:
///   - bytes: a JSON or YAML document.
///   - file: the name that diagnostics give it.
///   - others: files or directories with IP sets, regex pattern sets and rule groups.
///   - options: what the document leaves open.
/// - Throws: `LoadFailure.invalid` where the document cannot be read or the service would refuse it.
public func loadWebACL(
  bytes: [UInt8], file: String, with others: [String] = [],
  options: LoadOptions = LoadOptions()
) throws(LoadFailure) -> CompiledWebACL {
  let loader = DocumentLoader(options: LoadingOptions(options))
  return try compile(loader.load(aclBytes: bytes, file: file, with: others), options)
}

private func compile(
  _ loaded: LoadedDocuments, _ options: LoadOptions
) throws(LoadFailure) -> CompiledWebACL {
  var diagnostics = loaded.diagnostics
  var sources = loaded.sources
  var catalogue = RulesetCatalogue.bundled()
  if let directory = options.rulesetsDirectory {
    diagnostics += catalogue.load(directory: directory, sources: &sources)
  }
  var assumptions: [ManagedRuleAssumption] = []
  for text in options.assumptions {
    if let assumption = ManagedRuleAssumption(text) {
      assumptions.append(assumption)
    } else {
      diagnostics.append(
        .error(
          "invalid-assumption",
          "'\(text)' has not the form GROUP/RULE=match, =no-match or =unknown"))
    }
  }
  let addressLists = AddressListReader(options.ipLists, catalogue: catalogue, sources: &sources)
  diagnostics += addressLists.diagnostics
  let databases = openDatabases(options.geoDatabases, &diagnostics)
  guard var webACL = loaded.webACL else { throw .invalid(diagnostics, sources) }
  options.name(&webACL.value)
  let compilerOptions = CompilerOptions(
    resourceType: options.resourceType, assumptions: assumptions,
    addressLists: addressLists.lists, lowestFidelity: options.fidelity.engineFidelity)
  let compiled = Compiler.compile(
    webACL, bundle: loaded.bundle, catalogue: catalogue, options: compilerOptions)
  if let type = options.resourceType {
    diagnostics += webACL.checkComponents(on: type.rawValue)
    for group in loaded.bundle.ruleGroups {
      diagnostics += group.checkComponents(on: type.rawValue)
    }
  }
  // What it costs is for `capacity` to say; here only what the service would refuse.
  let capacity = CapacityCheck.check(webACL, bundle: loaded.bundle, catalogue: catalogue)
    .filter { $0.severity != .note }
  diagnostics += options.lenient ? capacity.map { $0.tolerated() } : capacity
  diagnostics += newlyFound(compiled.diagnostics, beside: loaded.diagnostics, options)
  diagnostics += assumptions.compactMap { $0.warningIfIdle(in: compiled.program) }
  diagnostics += addressLists.lists.compactMap { $0.warningIfIdle(in: compiled.program) }
  if diagnostics.containsError { throw .invalid(diagnostics, sources) }
  var program = compiled.program
  let digest = sources.bytes(of: webACL.file).map(sha256) ?? ""
  program.stamp = stamp(
    sources, webACL: (webACL.file, digest), catalogue.digest(), options, addressLists, databases)
  return CompiledWebACL(
    diagnostics: diagnostics, sources: sources, webACL: webACL, program: program,
    digest: digest,
    rulesetsDigest: catalogue.digest(),
    addresses: databases.isEmpty ? nil : CombinedDatabases(databases), bundle: loaded.bundle,
    catalogue: catalogue, compilerOptions: compilerOptions)
}

/// What the compiler found and the checks of the documents did not: both judge patterns and
/// addresses.
private func newlyFound(
  _ found: [Diagnostic], beside known: [Diagnostic], _ options: LoadOptions
) -> [Diagnostic] {
  guard !found.isEmpty else { return [] }
  let places = Dictionary(grouping: known, by: \.place).mapValues { Set($0.map(\.code)) }
  let new = found.filter { places[$0.place]?.contains($0.code) != true }
  // A program comes out whatever is wrong: what can't be resolved is unknown in it.
  return options.lenient ? new.map { $0.tolerated() } : new
}

private func openDatabases(
  _ paths: [String], _ diagnostics: inout [Diagnostic]
) -> [GeoDatabase] {
  var databases: [GeoDatabase] = []
  for path in paths {
    do throws(GeoDatabaseError) {
      databases.append(try GeoDatabase(path: path))
    } catch {
      diagnostics.append(.error("invalid-geo-database", error.message))
    }
  }
  return databases
}

extension ManagedRuleAssumption {
  /// A warning where the assumption fits no managed rule of the web ACL: most likely a misspelt
  /// name, and the rule that was meant would go on as before.
  fileprivate func warningIfIdle(in program: Program) -> Diagnostic? {
    let names =
      program.managed.map(\.name) + program.opaqueGroups.map { "\($0.name)/*" }
      + program.detectorsInUse.map { "detector/\($0.name)" }
    let fits = names.contains { name in
      let parts = name.split(separator: "/", maxSplits: 1)
      return parts.count == 2 && applies(toGroup: String(parts[0]), rule: String(parts[1]))
    }
    guard !fits else { return nil }
    let pattern = "\(group)/\(rule)"
    return Diagnostic(
      severity: .warning, code: "idle-assumption",
      message: "the assumption '\(pattern)' fits no managed rule and no detector of the web ACL",
      suggestion: didYouMean(pattern, among: names))
  }
}

extension ManagedAddressList {
  /// A warning where the web ACL does not use the rule.
  fileprivate func warningIfIdle(in program: Program) -> Diagnostic? {
    guard !program.managed.contains(where: { $0.name == "\(group)/\(rule)" }) else { return nil }
    return .warning(
      "idle-ip-list", "the web ACL does not use the rule \(group)/\(rule) of an --ip-list")
  }
}

/// What made a prediction, in a line, so that anyone can make it again.
///
/// Digests are cut to 16 digits.
private func stamp(
  _ sources: SourceMap, webACL: (file: String, digest: String), _ rulesets: String,
  _ options: LoadOptions, _ addressLists: AddressListReader, _ databases: [GeoDatabase]
) -> String {
  func digest(_ files: [String]) -> String {
    sha256(files.sorted().flatMap { sources.bytes(of: $0).map(sha256) ?? "" }.flatMap(\.utf8))
  }
  let lists = addressLists.lists.map(\.file)
  let others = sources.files.filter { $0 != webACL.file && !lists.contains($0) }
  var parts = [
    "wafcast \(WafcastVersion.current)",
    "acl \(webACL.digest.prefix(16))",
    "rulesets \(rulesets.prefix(16))",
  ]
  if !others.isEmpty { parts.append("bundle \(digest(others).prefix(16))") }
  if let type = options.resourceType { parts.append("resource-type \(type.rawValue)") }
  if options.searchString != .auto {
    parts.append("search-string \(options.searchString.rawValue)")
  }
  if options.allowUnknown { parts.append("allow-unknown") }
  if options.lenient { parts.append("lenient") }
  if options.fidelity != .medium { parts.append("fidelity \(options.fidelity.rawValue)") }
  parts += options.assumptions.map { "assume \($0)" }
  parts += addressLists.stamps
  // Such files are large: their type and time of build tell them apart.
  parts += databases.map { "geoip \($0.type) \($0.buildTime)" }
  return parts.joined(separator: "; ")
}

private func sha256(_ bytes: [UInt8]) -> String {
  var hash = SHA256()
  hash.update(bytes)
  return hash.hexDigest()
}

extension LoadingOptions {
  init(_ options: LoadOptions) {
    self.init(
      searchString: options.searchString.loading, allowUnknown: options.allowUnknown,
      strict: options.strict, lenient: options.lenient)
  }
}
