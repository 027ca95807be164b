import TestSupport

/// Texts that a regular expression may well match, made from its own structure.
///
/// Reads what the shipped patterns are written in: groups, classes, escapes, repetitions, anchors.
/// Whoever uses a text asks the matcher whether it matches.
struct PatternSampler {
  private indirect enum Node {
    case oneOf([UInt8])
    case sequence([Node])
    case choice([Node])
    case repeated(Node, ClosedRange<Int>)

    static var nothing: Node { .sequence([]) }
  }

  private let root: Node

  init(_ pattern: String) {
    var rest = Array(pattern.utf8)[...]
    root = Self.alternatives(&rest)
  }

  func sample(using random: inout SplitMix) -> [UInt8] { Self.text(of: root, &random) }

  private static func text(of node: Node, _ random: inout SplitMix) -> [UInt8] {
    switch node {
    case .oneOf(let bytes): bytes.randomElement(using: &random).map { [$0] } ?? []
    case .sequence(let parts): parts.flatMap { text(of: $0, &random) }
    case .choice(let parts): parts.randomElement(using: &random).map { text(of: $0, &random) } ?? []
    case .repeated(let part, let counts):
      (0..<Int.random(in: counts, using: &random)).flatMap { _ in text(of: part, &random) }
    }
  }

  // MARK: Reading

  private static func alternatives(_ rest: inout ArraySlice<UInt8>) -> Node {
    var choices = [sequence(&rest)]
    while rest.first == UInt8(ascii: "|") {
      rest.removeFirst()
      choices.append(sequence(&rest))
    }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private static func sequence(_ rest: inout ArraySlice<UInt8>) -> Node {
    var parts: [Node] = []
    while let byte = rest.first, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let part = atom(&rest)
      parts.append(counts(&rest).map { .repeated(part, $0) } ?? part)
    }
    return .sequence(parts)
  }

  private static func atom(_ rest: inout ArraySlice<UInt8>) -> Node {
    switch rest.removeFirst() {
    case UInt8(ascii: "("):
      if rest.starts(with: "?:".utf8) { rest.removeFirst(2) }
      let group = alternatives(&rest)
      if rest.first == UInt8(ascii: ")") { rest.removeFirst() }
      return group
    case UInt8(ascii: "["): return .oneOf(members(&rest))
    case UInt8(ascii: "\\"): return rest.popFirst().map(escaped) ?? .nothing
    case UInt8(ascii: "^"), UInt8(ascii: "$"): return .nothing
    case UInt8(ascii: "."): return .oneOf(printable)
    case let byte: return .oneOf([byte])
    }
  }

  private static func escaped(_ byte: UInt8) -> Node {
    byte == UInt8(ascii: "b") ? .nothing : .oneOf(set(escaped: byte))
  }

  private static func set(escaped byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "s"): Array(" \t\n".utf8)
    case UInt8(ascii: "d"): Array("0123456789".utf8)
    case UInt8(ascii: "w"): Array("abzAZ09_".utf8)
    default: [byte]
    }
  }

  /// The bytes of a class, behind its bracket; of an excluding one, printable ones that are not in it.
  private static func members(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
    let excludes = rest.first == UInt8(ascii: "^")
    if excludes { rest.removeFirst() }
    var found: [UInt8] = []
    while let byte = rest.popFirst(), byte != UInt8(ascii: "]") {
      if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
        found += set(escaped: next)
      } else if rest.first == UInt8(ascii: "-"), let last = rest.dropFirst().first,
        last != UInt8(ascii: "]"), last >= byte
      {
        rest.removeFirst(2)
        found += byte...last
      } else {
        found.append(byte)
      }
    }
    return excludes ? printable.filter { !found.contains($0) } : found
  }

  private static func counts(_ rest: inout ArraySlice<UInt8>) -> ClosedRange<Int>? {
    switch rest.first {
    case UInt8(ascii: "?"):
      rest.removeFirst()
      return 0...1
    case UInt8(ascii: "*"):
      rest.removeFirst()
      return 0...3
    case UInt8(ascii: "+"):
      rest.removeFirst()
      return 1...3
    case UInt8(ascii: "{"):
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
      let numbers = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        .split(separator: ",").compactMap { Int($0) }
      guard let least = numbers.first else { return nil }
      rest = rest[(end + 1)...]
      return least...max(least, min(numbers.last ?? least, least + 8))
    default: return nil
    }
  }

  private static let printable = Array(UInt8(ascii: " ")...UInt8(ascii: "~"))
}
