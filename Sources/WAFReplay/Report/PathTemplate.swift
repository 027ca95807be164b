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

  /// Templates have at most so many bytes: a slash, `depth` segments and a slash each, `{…}`.
  private static let limitBytes = 1 + depth * (segmentBytes + 1) + 8

  /// Appends the template of `path`.
  static func append(_ path: Span<UInt8>, to template: inout [UInt8]) {
    template.append(addingCapacity: limitBytes) { output in write(path, to: &output) }
  }

  @inline(__always)
  private static func write(_ path: Span<UInt8>, to template: inout OutputSpan<UInt8>) {
    var start = 0
    var segments = 0
    if path.count > 0, path[0] == slash {
      template.append(slash)
      start = 1
    }
    while true {
      if segments == depth {
        template.append(rest)
        return
      }
      let classes = ByteCounts(ofSegment: path, from: start)
      var end = start + classes.count
      append(path.extracting(start..<end), classes, to: &template)
      segments += 1
      // Parameters go.
      while end < path.count, path[end] != slash, path[end] != questionMark { end += 1 }
      guard end < path.count, path[end] == slash else { return }
      template.append(slash)
      start = end + 1
    }
  }

  @inline(__always)
  private static func append(
    _ segment: Span<UInt8>, _ classes: ByteCounts, to template: inout OutputSpan<UInt8>
  ) {
    if isIdentifier(segment, classes) {
      template.append(identifier)
      return
    }
    // `42.json`: only a short extension at the end counts.
    if classes.others > 0, let dot = extensionStart(segment) {
      let name = segment.extracting(0..<dot)
      if isIdentifier(name, ByteCounts(ofSegment: name)) {
        template.append(identifier)
        template.append(contentsOf: segment.extracting(dot..<segment.count))
        return
      }
    }
    if segment.count > segmentBytes {
      template.append(long)
    } else {
      template.append(contentsOf: segment)
    }
  }

  /// The last dot, where it begins an extension.
  private static func extensionStart(_ segment: Span<UInt8>) -> Int? {
    var dot = segment.count - 1
    let lowest = max(1, segment.count - 6)
    while dot >= lowest, segment[dot] != UInt8(ascii: ".") { dot -= 1 }
    return dot >= lowest ? dot : nil
  }

  /// Whether a segment looks like the name of one of many.
  private static func isIdentifier(_ segment: Span<UInt8>, _ classes: ByteCounts) -> Bool {
    let count = segment.count
    guard count > 0 else { return false }
    if classes.digits == count { return true }
    guard count >= 12 else { return false }
    if classes.hex == count { return classes.digits > 0 }
    // Base64 may end in one or two `=`.
    var padding = segment[count - 1] == UInt8(ascii: "=") ? 1 : 0
    if segment[count - 2] == UInt8(ascii: "=") { padding += 1 }
    guard classes.others == padding else { return false }
    if count == 36, classes.hex == 32, classes.joints == 4, isUUID(segment) { return true }
    // Base64 in its URL form: long, and mixed as no word is. Slugs have joints between words.
    return count >= 20 && classes.digits >= 2 && classes.lower >= 2 && classes.upper >= 2
      && classes.joints * 8 <= count
  }

  private static func isUUID(_ segment: Span<UInt8>) -> Bool {
    for joint in [8, 13, 18, 23] where segment[joint] != UInt8(ascii: "-") { return false }
    return true
  }

  @inline(__always) private static var slash: UInt8 { UInt8(ascii: "/") }
  @inline(__always) private static var questionMark: UInt8 { UInt8(ascii: "?") }
  private static let identifier: StaticString = "{id}"
  private static let long: StaticString = "{long}"
  private static let rest: StaticString = "{…}"
}

/// How many bytes of which kind a segment of a path has.
private struct ByteCounts {
  var count = 0
  private(set) var digits = 0
  private(set) var upper = 0
  /// Digits and the letters a to f, whatever their case.
  private(set) var hex = 0
  /// `-` and `_`.
  private(set) var joints = 0
  /// Neither digits nor letters nor joints.
  private(set) var others = 0

  var lower: Int { count - digits - upper - joints - others }

  /// Counts up to the end of the segment, its parameters, or a query.
  @inline(__always)
  init(ofSegment path: Span<UInt8>, from start: Int = 0) {
    var index = start
    var isDone = false
    repeat {
      let limit = min(path.count, index + Self.fieldLimit)
      var packed: UInt64 = 0
      while index < limit {
        let kind = Self.kinds[Int(path[index])]
        guard kind != 0 else {
          isDone = true
          break
        }
        packed &+= kind
        index += 1
      }
      add(packed)
    } while !isDone && index < path.count
    count = index - start
  }

  @inline(__always)
  private mutating func add(_ packed: UInt64) {
    let mask = UInt64(Self.fieldLimit)
    digits += Int(truncatingIfNeeded: packed & mask)
    upper += Int(truncatingIfNeeded: packed >> 12 & mask)
    hex += Int(truncatingIfNeeded: packed >> 24 & mask)
    joints += Int(truncatingIfNeeded: packed >> 36 & mask)
    others += Int(truncatingIfNeeded: packed >> 48 & mask)
  }

  /// The highest count of a field of twelve bits.
  private static let fieldLimit = 0xFFF

  /// What each byte adds to the five fields, and in a sixth that nobody reads; 0 ends a segment.
  private static let kinds = [256 of UInt64] { byte in
    let byte = UInt8(truncatingIfNeeded: byte)
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: ";"), UInt8(ascii: "?"): return 0
    case UInt8(ascii: "-"), UInt8(ascii: "_"): return 1 << 36
    default: break
    }
    if byte.isASCIIDigit { return 1 | 1 << 24 }
    guard byte.isASCIILetter else { return 1 << 48 }
    let hex: UInt64 = byte.hexDigitValue == nil ? 0 : 1 << 24
    let upper: UInt64 = byte.isASCIIUppercase ? 1 << 12 : 0
    // A letter that is neither still counts as a byte.
    return hex | upper | 1 << 60
  }
}

extension OutputSpan<UInt8> {
  @inline(__always)
  fileprivate mutating func append(contentsOf bytes: Span<UInt8>) {
    for index in bytes.indices { append(bytes[index]) }
  }

  @inline(__always)
  fileprivate mutating func append(_ text: StaticString) {
    // Sound: the index lies within the buffer.
    text.withUTF8Buffer { for index in 0..<$0.count { append(unsafe $0[index]) } }
  }
}
