import WAFModel

/// What things use, in WCU: the whole table.
///
/// The sources are pages of the AWS WAF developer guide; all rows are documented unless they say
/// otherwise.
enum CapacityTable {
  // MARK: Statements

  /// Source: Using match rule statements in AWS WAF.
  static let geoMatch = 1
  /// Source: Autonomous System Number (ASN) match rule statement.
  static let asnMatch = 1
  /// Source: Using match rule statements in AWS WAF.
  static let labelMatch = 1
  /// Source: IP set match rule statement.
  static let ipSetReference = 1
  /// More, where any address of the forwarding header is compared.
  ///
  /// Source: IP set match rule statement.
  static let anyForwardedAddress = 4
  /// Source: Regex match rule statement.
  static let regexMatch = 3
  /// Source: Using match rule statements in AWS WAF.
  static let regexPatternSetReference = 25
  /// Source: Size constraint rule statement.
  static let sizeConstraint = 1
  /// Source: Cross-site scripting attack rule statement.
  static let xssMatch = 40

  /// Source: String match rule statement.
  static func byteMatch(_ constraint: PositionalConstraint) -> Int {
    switch constraint {
    case .exactly, .startsWith, .endsWith: 2
    case .contains, .containsWord: 10
    }
  }

  /// Source: SQL injection attack rule statement.
  static func sqliMatch(_ level: SensitivityLevel) -> Int {
    switch level {
    case .low: 20
    case .high: 30
    }
  }

  /// Without the statement that narrows it, which is charged by itself.
  ///
  /// Source: Rate-based rule statement.
  static let rateBased = 2
  /// Source: Rate-based rule statement.
  static let customKey = 30
  /// A text transformation of a custom key.
  ///
  /// The rate-based page names 30 for a key and nothing else, the page on text transformations 10
  /// for each of them: so nothing in the estimate, and 10 in the upper bound (assumed).
  static let customKeyTransformation = Capacity(estimate: 0, upperBound: 10)

  // MARK: Components

  /// What a component adds to a statement of a base capacity.
  enum ComponentSurcharge {
    case nothing
    case doubledBase
    case fixed(Int)
    case unknown
  }

  /// Source: Request components in AWS WAF; that the others add nothing is inferred from silence.
  static func surcharge(_ field: FieldToMatch) -> ComponentSurcharge {
    switch field {
    case .jsonBody: .doubledBase
    case .allQueryArguments: .fixed(10)
    case .method, .uriPath, .queryString, .singleHeader, .singleQueryArgument, .cookies, .body,
      .headers, .headerOrder, .ja3Fingerprint, .ja4Fingerprint, .uriFragment:
      .nothing
    case .opaque: .unknown
    }
  }

  // MARK: Transformations

  /// For each text transformation.
  ///
  /// Source: Using text transformations in AWS WAF; that NONE is free is observed
  /// (aws-firewall-factory).
  static func textTransformation(_ type: TextTransformationType) -> Int {
    type == .none ? 0 : 10
  }

  /// For each transformation before parsing.
  ///
  /// Source: Using pre-parse text transformations in AWS WAF. Whether NONE is free is not
  /// documented: so 0 in the estimate, and 10 in the upper bound (assumed).
  static func preParseTextTransformation(_ type: PreParseTextTransformationType) -> Capacity {
    switch type {
    case .none: Capacity(estimate: 0, upperBound: 10)
    case .urlDecode, .urlDecodeUni, .combineDuplicateQueryArgsByComma,
      .replaceSemicolonsWithAmpersands:
      Capacity(10)
    }
  }

  // MARK: Labels

  /// For each five labels that the rules of a web ACL or of a rule group add.
  ///
  /// Source: Adding labels to requests with rules. That a part of five counts as five is inferred.
  static func labels(_ count: Int) -> Int {
    count / 5 + (count % 5 > 0 ? 1 : 0)
  }

  // MARK: Limits

  /// The most that a web ACL or a rule group may use.
  ///
  /// Source: AWS WAF quotas.
  static let limit = 5_000
  /// What the basic price of a web ACL includes.
  ///
  /// Source: Web ACL capacity units (WCUs) in AWS WAF.
  static let includedInPrice = 1_500
}
