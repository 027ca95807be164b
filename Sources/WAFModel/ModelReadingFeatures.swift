package import DocumentTree

extension ReadingFeatures {
  /// `SearchString` is base64, as the user says.
  package static let base64SearchStrings = ReadingFeatures(rawValue: 1 << 9)
  /// `SearchString` is plain text, as the user says.
  package static let plainSearchStrings = ReadingFeatures(rawValue: 1 << 10)
  /// The document comes out of the service, so that `SearchString` should be base64.
  package static let serviceDocument = ReadingFeatures(rawValue: 1 << 11)
}
