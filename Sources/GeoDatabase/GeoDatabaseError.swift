/// Why a file does not serve as a database of addresses.
package enum GeoDatabaseError: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case unreadable(path: String)
  /// The file has no metadata of a MaxMind database at its end: it is something else, or cut off.
  case notMaxMind(path: String)
  /// The library's word on a file whose parts do not fit together.
  case corrupt(path: String, problem: String)
  /// A MaxMind database of a type that tells neither countries nor autonomous systems.
  case wrongType(path: String, type: String)

  /// The error in words.
  package var message: String {
    switch self {
    case .unreadable(let path): "the file '\(path)' can't be read"
    case .notMaxMind(let path):
      "'\(path)' is not a MaxMind database (.mmdb), or it is cut off: it has no metadata at its end"
    case .corrupt(let path, let problem): "the database '\(path)' is damaged: \(problem)"
    case .wrongType(let path, let type):
      "the database '\(path)' is of type '\(type)', which tells neither countries nor autonomous "
        + "systems (City, Country, Enterprise, ASN and ISP do)"
    }
  }
}
