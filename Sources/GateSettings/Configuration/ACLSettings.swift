import Diagnostics

/// All that is set for one web ACL.
package struct ACLSettings: Hashable, Sendable {
  /// The web ACL's document, as seen from the working directory.
  package var file: Setting<String>
  /// The document's place in the configuration; nil where the command line names it.
  var filePlace: Place?
  /// The web ACL's name where the document has none or another one is meant; nil for the
  /// document's.
  package var name = Setting<String?>(nil)
  /// The number of the AWS account, for labels.
  package var account = Setting<String?>(nil)
  package var scope = Setting<String?>(nil)

  /// Documents that the web ACL refers to.
  package var with = PathList()
  package var resourceType = Setting<String?>(nil)
  package var searchString = Setting("auto")
  package var allowUnknown = Setting(false)
  package var strict = Setting(false)
  package var lenient = Setting(false)
  /// Of several that fit, the last one counts.
  package var assume: [Setting<String>] = []
  /// Lists of addresses for managed rules, `RULE=FILE`; the file as seen from the working directory.
  package var ipLists: [Setting<String>] = []
  /// Directories of managed rule data; later ones replace what earlier ones have.
  package var rulesets = PathList()
  package var fidelity = Setting("medium")
  package var geoip = PathList()

  /// Recorded traffic.
  package var corpora = PathList()
  package var format = Setting("auto")
  package var rate = Setting("simulate")
  /// In bytes; nil for the program's limit.
  package var maxRecord = Setting<Int?>(nil)
  /// Patterns for the names of web ACLs, beside the own one, whose recordings are to be used.
  package var recordedUnder: [Setting<String>] = []

  /// The old side; nil where nothing is compared.
  package var base = Setting<BaseReference?>(nil)
  /// Files of tests.
  package var tests = PathList()
  package var budgets: [Setting<Budget>] = []
  /// The fewest requests that a run is believed with.
  package var minimum = Setting(1)
  /// The share of records that may be unreadable.
  package var maxRejects = Setting(Share(percent: 10))
  /// Nil for any number.
  package var maxIndeterminate = Setting<RequestLimit?>(nil)
  package var failOn = Setting(FailOn.usual)
  /// The coverage that the tests must reach; nil for any.
  package var failUnder = Setting<Share?>(nil)

  /// What is set where nobody says anything.
  package init(file: Setting<String>) {
    self.file = file
  }

  /// Replaces patterns of paths by what they stand for, and looks for the web ACL's document.
  mutating func expandPaths(in files: ProjectFiles) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if let filePlace, files.kind(of: file.value) == nil {
      diagnostics.append(
        .error("no-such-file", "there is no file '\(file.value)'", at: filePlace))
    }
    diagnostics += with.expand(in: files, to: .filesAndDirectories)
    diagnostics += corpora.expand(in: files, to: .filesAndDirectories)
    diagnostics += tests.expand(in: files, to: .files)
    diagnostics += rulesets.expand(in: files, to: .directories)
    diagnostics += geoip.expand(in: files, to: .files)
    return diagnostics
  }
}
