import WAFDocuments
import WAFEngine
import WAFModel
public import WAFProgram

/// How `SearchString` members are written in the documents.
public enum SearchStringMode: String, CaseIterable, Hashable, Sendable {
  /// Base64 in what the service printed; elsewhere by the look of each string.
  case auto
  /// As the API and its command line print and take them.
  case base64
  /// As the console's editor, CloudFormation and Terraform take them.
  case plain
}

/// How good the argument for a branch of a managed rule has to be for it to count.
public enum LowestFidelity: String, CaseIterable, Hashable, Sendable {
  /// Conditions that the documentation fixes.
  case exact
  /// Documented literals in their obvious encodings.
  case high
  /// Detectors of the same kind in another implementation.
  case medium
  /// Guessed signatures.
  case low
}

/// What the user decides where the documents are silent.
public struct LoadOptions: Sendable {
  /// How `SearchString` members are written.
  public var searchString: SearchStringMode
  /// Loads statements that are not known, or not supported yet, as unknown.
  public var allowUnknown: Bool
  /// Takes members that are not known, and a missing `VisibilityConfig`, as errors.
  public var strict: Bool
  /// Loads what can be loaded: what the service refuses is reported as a warning and evaluated, what
  /// can't be evaluated is unknown, rules that can't be read at all are left out by name.
  public var lenient: Bool
  /// The kind of resource that takes the requests; it decides how much of a body is inspected.
  public var resourceType: ResourceType?
  /// Answers for managed rules: `GROUP/RULE=match|no-match|unknown`, `*` for any run of characters.
  public var assumptions: [String]
  /// A directory of rule data that adds to, or takes the place of, the data inside the library.
  public var rulesetsDirectory: String?
  /// Branches of managed rules below this fidelity do not count.
  public var fidelity: LowestFidelity
  /// MaxMind databases (`.mmdb`) that tell the places and autonomous systems of addresses where a
  /// recording does not.
  public var geoDatabases: [String]
  /// Lists of addresses for managed rules that nobody can model without: `RULE=FILE`, or
  /// `GROUP/RULE=FILE`; a file has one address or CIDR block a line, and comments behind `#`.
  public var ipLists: [String] = []
  /// The web ACL's name and the account, for its labels, where the documents don't tell them.
  public var webACLName: String?
  /// Twelve digits.
  public var account: String?
  /// `REGIONAL` or `CLOUDFRONT`.
  public var scope: String?

  /// The defaults: nothing assumed beyond what reports print.
  public init(
    searchString: SearchStringMode = .auto, allowUnknown: Bool = false, strict: Bool = false,
    lenient: Bool = false,
    resourceType: ResourceType? = nil, assumptions: [String] = [],
    rulesetsDirectory: String? = nil, fidelity: LowestFidelity = .medium,
    geoDatabases: [String] = [], webACLName: String? = nil, account: String? = nil,
    scope: String? = nil
  ) {
    self.scope = scope
    self.webACLName = webACLName
    self.account = account
    self.geoDatabases = geoDatabases
    self.searchString = searchString
    self.allowUnknown = allowUnknown
    self.strict = strict
    self.lenient = lenient
    self.resourceType = resourceType
    self.assumptions = assumptions
    self.rulesetsDirectory = rulesetsDirectory
    self.fidelity = fidelity
  }
}

extension LoadOptions {
  /// Tells a web ACL its name, and labels their prefix, where it does not know them itself.
  func name(_ webACL: inout WebACL) {
    if webACL.name == nil { webACL.name = webACLName }
    if webACL.scope == nil, webACL.arn == nil {
      webACL.scope = scope.flatMap { Scope(rawValue: $0) }
    }
    guard let account, webACL.arn == nil, webACL.labelNamespace == nil,
      let name = webACL.name
    else { return }
    webACL.labelNamespace = "awswaf:\(account):webacl:\(name):"
  }
}

extension LowestFidelity {
  var engineFidelity: BranchFidelity {
    switch self {
    case .exact: .exact
    case .high: .high
    case .medium: .medium
    case .low: .low
    }
  }
}

extension SearchStringMode {
  var loading: LoadingOptions.SearchStringEncoding {
    switch self {
    case .auto: .auto
    case .base64: .base64
    case .plain: .plain
    }
  }
}
