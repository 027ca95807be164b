import Behaviour
import Matching
import WAFModel

/// One element of a component: its bytes, or what is known of them.
struct KnownValue: Hashable {
  enum Extent: Hashable {
    /// All bytes are known.
    case whole
    /// The first bytes are known.
    case prefix
    /// No byte is known.
    case nothing
  }

  var bytes: [UInt8]
  var extent: Extent
  /// The least and the most bytes that it can have; nil for no upper bound.
  ///
  /// The number of a value that was re-encoded may be known better than its bytes.
  var least: Int
  var most: Int?

  init(whole bytes: [UInt8]) {
    self.bytes = bytes
    extent = .whole
    least = bytes.count
    most = bytes.count
  }

  init(prefix bytes: [UInt8], least: Int = 0, most: Int? = nil) {
    self.bytes = bytes
    extent = .prefix
    self.least = max(least, bytes.count)
    self.most = most
  }

  init(nothingBut least: Int, _ most: Int?) {
    bytes = []
    extent = .nothing
    self.least = least
    self.most = most
  }

  /// The first `limit` bytes.
  func truncated(to limit: Int) -> KnownValue {
    switch extent {
    case .whole:
      var cut = KnownValue(whole: Array(bytes.prefix(limit)))
      cut.least = min(least, limit)
      cut.most = cut.least
      return cut
    case .prefix:
      if bytes.count >= limit { return KnownValue(whole: Array(bytes.prefix(limit))) }
      return KnownValue(
        prefix: bytes, least: min(least, limit), most: min(most ?? limit, limit))
    case .nothing:
      return KnownValue(nothingBut: min(least, limit), min(most ?? limit, limit))
    }
  }

  func transformed(by chain: [TextTransformationType], flipping flip: OpenQuestions) -> KnownValue {
    var value = self
    for type in chain { value = value.transformed(by: type, flipping: flip) }
    return value
  }

  private func transformed(
    by type: TextTransformationType, flipping flip: OpenQuestions
  ) -> KnownValue {
    if let digest = Self.digestSizes[type] {
      guard extent == .whole else { return KnownValue(nothingBut: digest, digest) }
      return KnownValue(whole: NaiveTransformations.apply(type, to: bytes, flipping: flip))
    }
    let keepsSize = [.lowercase, .uppercase, .replaceNulls, .none].contains(type)
    // Six bytes of text for a character of two bytes is the longest that one gets.
    let most = type == .utf8ToUnicode ? most.map { $0 * 3 } : most
    switch extent {
    case .whole:
      var output = KnownValue(
        whole: NaiveTransformations.apply(type, to: bytes, flipping: flip))
      if keepsSize { (output.least, output.most) = (least, most) }
      return output
    case .prefix:
      let sure = NaivePrefixes.certain(type, of: bytes, flipping: flip)
      return KnownValue(prefix: sure, least: keepsSize ? least : 0, most: most)
    case .nothing:
      return KnownValue(nothingBut: keepsSize ? least : 0, most)
    }
  }

  private static let digestSizes: [TextTransformationType: Int] = [.md5: 16, .sha256: 32]

  // MARK: Criteria

  func matches(_ search: [UInt8], _ constraint: PositionalConstraint) -> Truth {
    switch extent {
    case .whole: Truth(Self.holds(search, constraint, in: bytes))
    case .prefix: prefixMatches(search, constraint)
    case .nothing: .unknown
    }
  }

  private static func holds(
    _ search: [UInt8], _ constraint: PositionalConstraint, in value: [UInt8]
  ) -> Bool {
    switch constraint {
    case .exactly: value == search
    case .startsWith: value.starts(with: search)
    case .endsWith: value.reversed().starts(with: search.reversed())
    case .contains: !occurrences(of: search, in: value).isEmpty
    case .containsWord:
      occurrences(of: search, in: value).contains { start in
        let end = start + search.count
        return (start == 0 || !isWord(value[start - 1]))
          && (end == value.count || !isWord(value[end]))
      }
    }
  }

  private func prefixMatches(_ search: [UInt8], _ constraint: PositionalConstraint) -> Truth {
    switch constraint {
    case .exactly:
      return search.starts(with: bytes) ? .unknown : .no
    case .startsWith:
      if bytes.starts(with: search) { return .yes }
      return search.starts(with: bytes) ? .unknown : .no
    case .endsWith:
      return .unknown
    case .contains:
      return Self.occurrences(of: search, in: bytes).isEmpty ? .unknown : .yes
    case .containsWord:
      let isSure = Self.occurrences(of: search, in: bytes).contains { start in
        let end = start + search.count
        return (start == 0 || !Self.isWord(bytes[start - 1]))
          && end < bytes.count && !Self.isWord(bytes[end])
      }
      return isSure ? .yes : .unknown
    }
  }

  private static func occurrences(of search: [UInt8], in value: [UInt8]) -> [Int] {
    guard value.count >= search.count else { return [] }
    return (0...value.count - search.count).filter { start in
      for offset in search.indices where value[start + offset] != search[offset] { return false }
      return true
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool { NaiveTransformations.isWord(byte) }

  func matches(_ pattern: CompiledPattern) -> Truth {
    guard extent != .nothing else { return .unknown }
    var scratch = PatternScratch()
    let found: Truth =
      switch pattern.firstMatch(in: bytes.span, scratch: &scratch) {
      case .match: .yes
      case .noMatch: .no
      case .gaveUp: .unknown
      }
    if extent == .whole { return found }
    // A match stays one, whatever follows, where the pattern has no say about the end.
    let looksAtEnd = ["$", "\\b", "\\B", "\\z", "\\Z", "(?"].contains {
      pattern.source.contains($0)
    }
    return found == .yes && !looksAtEnd ? .yes : .unknown
  }

  func compares(_ comparison: ComparisonOperator, _ size: Int) -> Truth {
    Self.compares(least: least, most: most, comparison, size)
  }

  /// Compares a number that lies between `least` and `most`.
  static func compares(
    least: Int, most: Int?, _ comparison: ComparisonOperator, _ size: Int
  ) -> Truth {
    let isSure = most == least
    switch comparison {
    case .eq:
      if isSure { return Truth(least == size) }
      return size < least || (most.map { size > $0 } ?? false) ? .no : .unknown
    case .ne:
      return compares(least: least, most: most, .eq, size).negated
    case .gt:
      if least > size { return .yes }
      return (most.map { $0 <= size } ?? false) ? .no : .unknown
    case .ge:
      if least >= size { return .yes }
      return (most.map { $0 < size } ?? false) ? .no : .unknown
    case .lt:
      return compares(least: least, most: most, .ge, size).negated
    case .le:
      return compares(least: least, most: most, .gt, size).negated
    }
  }
}
