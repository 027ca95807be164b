import Diagnostics
import DocumentTree
import TestSupport
import Testing

/// Whatever the bytes are: the parser returns, and what it refuses has a place in the document.
@Suite struct JSONParserRobustnessTests {
  private static let sample = Array(
    #"""
    {"Name": "a\u00e9\n", "Rules": [{"Priority": -1.5e3, "Tags": [], "x": {}},
     null, true, false, "\ud83d\ude00", [[["deep"]]]], "ü": "€"}
    """#.utf8)

  private func check(_ bytes: [UInt8], _ comment: Comment) {
    do {
      let node = try JSONParser.parse(bytes, file: "f")
      #expect(node.range.upperBound <= bytes.count, comment)
      let written = Array(JSONWriter.compact(node).utf8)
      let again = try JSONParser.parse(written, file: "f")
      #expect(again.withoutPositions() == node.withoutPositions(), comment)
    } catch {
      let start = error.place?.byteRange?.lowerBound ?? -1
      #expect((0...bytes.count).contains(start), comment)
    }
  }

  @Test func truncations() {
    for length in 0...Self.sample.count {
      check(Array(Self.sample[..<length]), "first \(length) bytes")
    }
  }

  @Test func mutations() {
    var random = SplitMix(state: 4711)
    let alphabet = Array("{}[]:,\"\\/'#-+.eE019 \n\tutfn\u{0}".utf8) + [0xC3, 0xFF, 0xED, 0x80]
    for round in 0..<4_000 {
      var bytes = Self.sample
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        let byte = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[position] = byte
        case 1: bytes.insert(byte, at: position)
        default: bytes.remove(at: position)
        }
      }
      check(bytes, "seed 4711, round \(round)")
    }
  }
}
