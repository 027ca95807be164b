import TestSupport
import Transforms
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// Conditions on components, drawn at random.
struct ComponentSketch {
  static let fields: [Field] = {
    let names = [Array("n".utf8), Array("x-b".utf8), Array("cookie".utf8)]
    var fields: [Field] = [
      .method, .uriPath, .queryString, .body, .headerOrder, .uriFragment(.match),
      .uriFragment(.noMatch), .ja3Fingerprint(.match), .ja4Fingerprint(.noMatch),
    ]
    for name in names { fields.append(.singleHeader(name: name)) }
    for preParse: [PreParseTransformation] in [
      [], [.urlDecode], [.combineDuplicateQueryArgsByComma],
      [.replaceSemicolonsWithAmpersands, .urlDecodeUni],
    ] {
      fields.append(.allQueryArguments(preParse: preParse))
      fields.append(.singleQueryArgument(name: names[0], preParse: preParse))
    }
    for scope in [MatchScope.all, .key, .value] {
      for pattern: PartSelection.Pattern in [
        .all, .included([names[0]]), .excluded([names[0]]), .included([names[1], names[2]]),
      ] {
        fields.append(.cookies(PartSelection(pattern: pattern, scope: scope)))
        fields.append(.headers(PartSelection(pattern: pattern, scope: scope)))
      }
      for fallback: JSONSelection.Fallback in [.elementsBefore, .match, .noMatch, .plainText] {
        for paths: [[[UInt8]]]? in [nil, [[names[0]], [[0x30]]]] {
          fields.append(
            .jsonBody(JSONSelection(paths: paths, scope: scope, fallback: fallback)))
        }
      }
    }
    return fields
  }()

  static func condition(
    _ builder: inout ProgramBuilder, _ random: inout SplitMix
  ) -> Formula {
    let field = fields[Int.random(in: fields.indices, using: &random)]
    let chain = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      TextTransformation.allCases[
        Int.random(in: TextTransformation.allCases.indices, using: &random)]
    }
    let oversize = [Oversize.inspectStart, .match, .noMatch][Int.random(in: 0..<3, using: &random)]
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1:
      let comparison = Comparison.allCases[
        Int.random(in: Comparison.allCases.indices, using: &random)]
      let size = [0, 1, 2, 3, 10, 8191, 8192, 8193][Int.random(in: 0..<8, using: &random)]
      return builder.size(field, comparison, size, chain, oversize: oversize)
    case 2:
      return builder.regex(
        field, [["a+"], ["^$|;"], ["n$"]][Int.random(in: 0..<3, using: &random)], chain)
    case 3:
      let detector = Detector.allCases[
        Int.random(in: Detector.allCases.indices, using: &random)]
      return .leaf(builder.leaf(.detector(builder.slot(field, chain), detector, oversize)))
    default:
      let position = Position.allCases[
        Int.random(in: Position.allCases.indices, using: &random)]
      let searches = ["", "a", "n", "aa", "=", "%", "x-b", "n:", "an", "b2", "1"]
      let search = searches[Int.random(in: searches.indices, using: &random)]
      return builder.bytes(field, position, search, chain, oversize: oversize)
    }
  }
}
