public import Diagnostics
import ManagedRules
@_exported public import WAFCapacity
import WAFDocuments

/// What the rules of a document use, with what was found when it was read.
public struct CountedCapacity: Sendable {
  /// The capacity, rule by rule.
  public let estimate: CapacityEstimate
  /// Warnings about the documents; errors do not come so far.
  ///
  /// What is wrong with the capacity itself is told by the estimate.
  public let diagnostics: [Diagnostic]
  /// The documents read: they turn a diagnostic into text with its line.
  public let sources: SourceMap
  /// SHA-256 over the managed rule data in use, in hexadecimal.
  public let rulesetsDigest: String
}

/// Counts the capacity that a web ACL, a rule group or a list of rules uses.
///
/// - Parameters:
///   - path: a JSON or YAML file with a web ACL, a rule group or rules (the input of
///     `check-capacity`), or a directory with one web ACL and the documents that it refers to.
///   - others: files or directories with the rule groups that the web ACL uses.
///   - options: what the documents leave open; how requests are evaluated does not matter here.
/// - Throws: `LoadFailure.invalid` where a document cannot be read or the service would refuse it
///   for another reason than its capacity.
public func capacity(
  of path: String, with others: [String] = [], options: LoadOptions = LoadOptions()
) throws(LoadFailure) -> CountedCapacity {
  let loaded = DocumentLoader(options: LoadingOptions(options)).load(
    rulesOf: path, with: others)
  var diagnostics = loaded.diagnostics
  var sources = loaded.sources
  var catalogue = RulesetCatalogue.bundled()
  if let directory = options.rulesetsDirectory {
    diagnostics += catalogue.load(directory: directory, sources: &sources)
  }
  let estimate: CapacityEstimate
  if let webACL = loaded.webACL {
    estimate = CapacityEstimate(of: webACL, bundle: loaded.bundle, catalogue: catalogue)
  } else if let ruleGroup = loaded.ruleGroup {
    estimate = CapacityEstimate(of: ruleGroup, bundle: loaded.bundle, catalogue: catalogue)
  } else {
    throw .invalid(diagnostics, sources)
  }
  if diagnostics.containsError { throw .invalid(diagnostics, sources) }
  return CountedCapacity(
    estimate: estimate, diagnostics: diagnostics, sources: sources,
    rulesetsDigest: catalogue.digest())
}
