import Behaviour
import WAFModel

/// What is certain of a transformation's output when only the first bytes of its input are known.
enum NaivePrefixes {
  /// What the input may go on with: bytes of all kinds, and what completes or undoes what came
  /// before.
  private static let endings: [[UInt8]] =
    Array("0479afgzAFGuxnN \t\n\r%&=;#/*-\\^\"'`(,.+:_".utf8).map { [$0] }
    + [[0], [0xc3], [0xe6, 0x97], [0xa0], [0x80], [0xbf], [0x97, 0xa5], [0xff]]
    + [
      "41", "u0041", "x41", "00041", "ff1c", "*/", "**/", "/*", "..", "./", "/..", "lt;", "x3c;",
      "60;", "amp;", "==", "\n\n", "\r\n", " /", "  (", " ,/", "\\x", "^\r\nx", "-x", "&&", "a=1",
      " x", "\t x", "é", "../../../../../../../x",
    ].map { Array($0.utf8) }

  /// The few endings that long values are tried with.
  private static let fewEndings = ["x", "41", " ", "=", ";", "*/", "/", "../../../../x", "-", "\n"]
    .map { Array($0.utf8) }

  /// The start that the outputs have in common, whatever the input goes on with.
  static func certain(
    of input: [UInt8], andAlso more: [[UInt8]] = [], _ apply: ([UInt8]) -> [UInt8]
  ) -> [UInt8] {
    var common = apply(input)
    for ending in more + (input.count > 400 ? fewEndings : endings) {
      if common.isEmpty { break }
      let output = apply(input + ending)
      var length = 0
      while length < min(common.count, output.count), common[length] == output[length] {
        length += 1
      }
      common.removeLast(common.count - length)
    }
    return common
  }

  static func certain(
    _ type: TextTransformationType, of input: [UInt8], flipping flip: OpenQuestions
  ) -> [UInt8] {
    switch type {
    // What these do to a byte hangs on nothing that follows.
    case .none, .lowercase, .uppercase, .removeNulls, .replaceNulls:
      NaiveTransformations.apply(type, to: input, flipping: flip)
    case .md5, .sha256: []
    default:
      certain(of: input) { NaiveTransformations.apply(type, to: $0, flipping: flip) }
    }
  }
}

extension NaivePrefixes {
  /// The same for a step before the query is split.
  static func certain(
    _ type: PreParseTextTransformationType, of input: [UInt8], flipping flip: OpenQuestions
  ) -> [UInt8] {
    // A later argument of the same name goes into an earlier one.
    let names = input.split(separator: UInt8(ascii: "&")).map {
      [UInt8(ascii: "&")] + $0.prefix { $0 != UInt8(ascii: "=") } + Array("=z".utf8)
    }
    return certain(of: input, andAlso: names) {
      NaivePreParse.apply(type, to: $0, flipping: flip)
    }
  }
}

/// What is done to a query before it is split.
enum NaivePreParse {
  static func apply(
    _ type: PreParseTextTransformationType, to input: [UInt8], flipping flip: OpenQuestions
  ) -> [UInt8] {
    switch type {
    case .none: input
    case .urlDecode: NaiveTransformations.apply(.urlDecode, to: input, flipping: flip)
    case .urlDecodeUni: NaiveTransformations.apply(.urlDecodeUni, to: input, flipping: flip)
    case .replaceSemicolonsWithAmpersands:
      input.map { $0 == UInt8(ascii: ";") ? UInt8(ascii: "&") : $0 }
    case .combineDuplicateQueryArgsByComma:
      combined(input, ignoringCase: flip.contains(.argumentKeyCase))
    }
  }

  private static func combined(_ input: [UInt8], ignoringCase: Bool) -> [UInt8] {
    var segments: [[UInt8]] = []
    var places: [[UInt8]: Int] = [:]
    for part in input.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
      let segment = Array(part)
      let key = Array(segment.prefix { $0 != UInt8(ascii: "=") })
      let name = ignoringCase ? NaiveTransformations.lowered(key) : key
      guard !segment.isEmpty, let place = places[name] else {
        if !segment.isEmpty { places[name] = segments.count }
        segments.append(segment)
        continue
      }
      if !segments[place].contains(UInt8(ascii: "=")) { segments[place].append(UInt8(ascii: "=")) }
      segments[place].append(UInt8(ascii: ","))
      segments[place] += segment.dropFirst(key.count + 1)
    }
    return Array(segments.joined(separator: [UInt8(ascii: "&")]))
  }
}
