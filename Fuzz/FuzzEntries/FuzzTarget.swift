/// A fuzz target: what is done with one input, whatever its bytes.
///
/// `make fuzz` runs them under libFuzzer and the address sanitizer; `make test` runs the inputs that
/// are kept in `corpora/fuzz`.
package enum FuzzTarget: String, CaseIterable, Sendable {
  case jsonDocument = "FuzzJSONDocument"
  case yamlDocument = "FuzzYAMLDocument"
  case ruleset = "FuzzRuleset"
  case wafLogRecord = "FuzzWAFLogRecord"
  case trafficStream = "FuzzTrafficStream"
  case har = "FuzzHAR"
  case rawHTTP = "FuzzRawHTTP"
  case transformations = "FuzzTransformations"
  case lenientJSON = "FuzzLenientJSON"
  case patterns = "FuzzPatterns"
  case addresses = "FuzzAddresses"
  case texts = "FuzzTexts"
  case geoDatabase = "FuzzGeoDatabase"
  case sqlInjection = "FuzzSQLInjection"
  case crossSiteScripting = "FuzzCrossSiteScripting"

  /// Runs the target; whatever it throws is a mistake of ours, as a crash is.
  package func run(_ input: [UInt8]) throws(FuzzFailure) {
    switch self {
    case .jsonDocument: try fuzzDocument(input, file: "acl.json")
    case .yamlDocument: try fuzzDocument(input, file: "acl.yaml")
    case .ruleset: try fuzzRuleset(input)
    case .wafLogRecord: try fuzzWAFLogRecord(input)
    case .trafficStream: try fuzzTrafficStream(input)
    case .har: try fuzzHAR(input)
    case .rawHTTP: try fuzzRawHTTP(input)
    case .transformations: try fuzzTransformations(input)
    case .lenientJSON: try fuzzLenientJSON(input)
    case .patterns: try fuzzPatterns(input)
    case .addresses: try fuzzAddresses(input)
    case .texts: try fuzzTexts(input)
    case .geoDatabase: try fuzzGeoDatabase(input)
    case .sqlInjection: try fuzzSQLInjection(input)
    case .crossSiteScripting: try fuzzCrossSiteScripting(input)
    }
  }
}

/// An invariant that an input broke.
package struct FuzzFailure: Error, CustomStringConvertible {
  package let description: String

  init(_ message: String) {
    description = message
  }
}

/// Throws unless an invariant holds.
func require(
  _ condition: Bool, _ message: @autoclosure () -> String
) throws(FuzzFailure) {
  if !condition { throw FuzzFailure(message()) }
}
