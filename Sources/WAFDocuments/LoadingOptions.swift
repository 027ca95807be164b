import DocumentTree
import WAFModel

/// How documents are to be read.
package struct LoadingOptions: Hashable, Sendable {
  /// How a `SearchString` is spelled.
  package enum SearchStringEncoding: String, Hashable, Sendable, CaseIterable {
    /// Told from the document, string by string where the document does not tell.
    case auto
    /// Base64, as the API and the command line tool print it.
    case base64
    /// Plain text, as the console and CloudFormation have it.
    case plain
  }

  /// How a `SearchString` is spelled.
  package var searchString: SearchStringEncoding
  /// Whether statements, fields and transformations that can't be evaluated are loaded as unknown.
  package var allowUnknown: Bool
  /// Whether unknown members, and missing ones that the evaluation does not need, are errors.
  package var strict: Bool
  /// Whether what the service refuses is loaded, as far as it can be, with warnings.
  package var lenient: Bool

  /// Creates options.
  package init(
    searchString: SearchStringEncoding = .auto, allowUnknown: Bool = false, strict: Bool = false,
    lenient: Bool = false
  ) {
    self.searchString = searchString
    self.allowUnknown = allowUnknown
    self.strict = strict
    self.lenient = lenient
  }

  /// The options as the reading of a document takes them.
  ///
  /// - Parameters:
  ///   - isFromService: whether the document has members that only the service makes.
  ///   - hasPlainSearchStrings: whether a search string of the document can't be base64. One tool
  ///     wrote the document, so the others are plain as well.
  func features(isFromService: Bool, hasPlainSearchStrings: Bool) -> ReadingFeatures {
    var features: ReadingFeatures = []
    if strict { features.insert(.strict) }
    if allowUnknown || lenient { features.insert(.allowUnknown) }
    switch searchString {
    case .base64: features.insert(.base64SearchStrings)
    case .plain: features.insert(.plainSearchStrings)
    case .auto:
      if isFromService {
        features.insert(.serviceDocument)
      } else if hasPlainSearchStrings {
        features.insert(.plainSearchStrings)
      }
    }
    return features
  }
}
