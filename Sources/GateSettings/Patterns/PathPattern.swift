/// A pattern for paths: of requests, of rules, of files.
///
/// `*` stands for any run of characters inside one segment, `?` for one character of a segment, and
/// a segment that is `**` for any number of segments, none among them: `/api/**` is `/api` and all
/// below it. Everything else stands for itself, upper and lower case apart. Two stars beside other
/// characters of a segment are two stars of that segment, as Git has it.
package struct PathPattern: Hashable, Sendable {
  /// The pattern as it was written.
  package let text: String
  /// The segments between the slashes.
  let segments: [[Unicode.Scalar]]

  package init(_ text: String) {
    self.text = text
    segments = Self.segments(of: text)
  }

  /// Whether it has none of the characters that stand for others.
  package var isLiteral: Bool { Self.isLiteral(text) }

  static func isLiteral(_ text: String) -> Bool {
    !text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// Whether a path has this form.
  package func matches(_ path: String) -> Bool {
    let parts = Self.segments(of: path)
    var part = 0
    var segment = 0
    // The latest `**` and the parts that it takes: on a mismatch it takes one more.
    var retry: (segment: Int, part: Int)?
    while part < parts.count {
      if segment < segments.count, Self.isAnyDepth(segments[segment]) {
        retry = (segment, part)
        segment += 1
      } else if segment < segments.count, Self.fits(parts[part], segments[segment]) {
        part += 1
        segment += 1
      } else if let last = retry {
        retry = (last.segment, last.part + 1)
        part = last.part + 1
        segment = last.segment + 1
      } else {
        return false
      }
    }
    return segments[segment...].allSatisfy(Self.isAnyDepth)
  }

  private static func segments(of text: String) -> [[Unicode.Scalar]] {
    text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map(Array.init)
  }

  /// Whether a segment stands for any number of segments.
  static func isAnyDepth(_ segment: [Unicode.Scalar]) -> Bool { segment == ["*", "*"] }

  /// Whether a name has the form of a segment.
  static func fits(_ name: [Unicode.Scalar], _ segment: [Unicode.Scalar]) -> Bool {
    var position = 0
    var index = 0
    var retry: (index: Int, position: Int)?
    while position < name.count {
      if index < segment.count, segment[index] == "*" {
        retry = (index, position)
        index += 1
      } else if index < segment.count, segment[index] == "?" || segment[index] == name[position] {
        index += 1
        position += 1
      } else if let last = retry {
        retry = (last.index, last.position + 1)
        position = last.position + 1
        index = last.index + 1
      } else {
        return false
      }
    }
    return segment[index...].allSatisfy { $0 == "*" }
  }
}

extension PathPattern: CustomStringConvertible {
  package var description: String { text }
}
