import Bytes

/// Gives requests for one kind of page one name: `/users/42/orders` becomes `/users/{id}/orders`.
///
/// A segment of digits, a UUID, and a long run of hexadecimal digits or of letters and digits mixed
/// stand for one of many; so does such a segment before a file extension. Parameters of a segment
/// (`;jsessionid=…`), and a query that was recorded within the path, are left out: they belong to
/// one request, and may be secrets. Depth and length are bounded, since paths come from anybody.
enum PathTemplate {
  /// Segments beyond this one are cut.
  static let depth = 8
  /// Segments longer than this are one of many.
  static let segmentBytes = 64

  /// Appends the template of `path`.
  static func append(_ path: Span<UInt8>, to template: inout [UInt8]) {
    let path = path.extracting(0..<(path.firstIndex(of: UInt8(ascii: "?")) ?? path.count))
    var start = 0
    var segments = 0
    if path.count > 0, path[0] == slash {
      template.append(slash)
      start = 1
    }
    while true {
      let end = path.firstIndex(of: slash, from: start) ?? path.count
      if segments == depth {
        template.append(contentsOf: rest)
        return
      }
      let parameters = path.firstIndex(of: UInt8(ascii: ";"), from: start) ?? end
      append(segment: path.extracting(start..<min(parameters, end)), to: &template)
      segments += 1
      guard end < path.count else { return }
      template.append(slash)
      start = end + 1
    }
  }

  private static func append(segment: Span<UInt8>, to template: inout [UInt8]) {
    if isIdentifier(segment) {
      template.append(contentsOf: identifier)
      return
    }
    // `42.json`: only a short extension at the end counts.
    var dot = segment.count - 1
    let lowest = max(1, segment.count - 6)
    while dot >= lowest, segment[dot] != UInt8(ascii: ".") { dot -= 1 }
    if dot >= lowest, isIdentifier(segment.extracting(0..<dot)) {
      template.append(contentsOf: identifier)
      template.append(contentsOf: segment.extracting(dot..<segment.count))
      return
    }
    template.append(contentsOf: segment.count > segmentBytes ? long.span : segment)
  }

  /// Whether a segment looks like the name of one of many.
  private static func isIdentifier(_ segment: Span<UInt8>) -> Bool {
    guard !segment.isEmpty else { return false }
    var digits = 0
    var lower = 0
    var upper = 0
    var hex = 0
    var joints = 0
    for index in segment.indices {
      let byte = segment[index]
      if byte.isASCIIDigit {
        digits += 1
        hex += 1
      } else if byte.isASCIILetter {
        if byte.isASCIIUppercase { upper += 1 } else { lower += 1 }
        if byte.hexDigitValue != nil { hex += 1 }
      } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
        joints += 1
      } else if byte != UInt8(ascii: "=") || index < segment.count - 2 {
        return false
      }
    }
    if digits == segment.count { return true }
    if hex == segment.count { return hex >= 12 && digits > 0 }
    if segment.count == 36, hex == 32, joints == 4, isUUID(segment) { return true }
    // Base64 in its URL form: long, and mixed as no word is. Slugs have joints between words.
    return segment.count >= 20 && digits >= 2 && lower >= 2 && upper >= 2
      && joints * 8 <= segment.count
  }

  private static func isUUID(_ segment: Span<UInt8>) -> Bool {
    for joint in [8, 13, 18, 23] where segment[joint] != UInt8(ascii: "-") { return false }
    return true
  }

  private static let slash = UInt8(ascii: "/")
  private static let identifier = Array("{id}".utf8)
  private static let long = Array("{long}".utf8)
  private static let rest = Array("{…}".utf8)
}
