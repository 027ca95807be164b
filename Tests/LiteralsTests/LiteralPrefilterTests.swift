import Bytes
import Literals
import TestSupport
import Testing

/// The ids that `prefilter` reports for `value`.
private func ids(_ prefilter: LiteralPrefilter, in value: [UInt8]) -> (ids: [Int], isAny: Bool) {
  var found = [UInt64](repeating: 0, count: prefilter.wordCount)
  let isAny = prefilter.scan(value.span, into: &found)
  return (prefilter.needles.indices.filter { found[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }, isAny)
}

private func needle(_ text: String, ignoringCase: Bool = false) -> Needle {
  Needle(Array(text.utf8), ignoringCase: ignoringCase)
}

struct PrefilterCase: CustomTestStringConvertible {
  var needles: [Needle]
  var value: [UInt8]
  var ids: [Int]
  var testDescription: String { "\(needles) in \(value)" }

  init(_ needles: [Needle], _ value: String, _ ids: [Int]) {
    self.needles = needles
    self.value = Array(value.utf8)
    self.ids = ids
  }

  static let all: [PrefilterCase] = [
    .init([], "", []),
    .init([], "anything", []),
    .init([needle("")], "", [0]),
    .init([needle("a"), needle("")], "b", [1]),
    .init([needle("a")], "", []),
    .init([needle("a")], "a", [0]),
    .init([needle("a")], "A", []),
    .init([needle("a", ignoringCase: true)], "A", [0]),
    .init([needle("A", ignoringCase: true)], "a", [0]),
    // `{` and `[` differ by the same bit as the cases of a letter, and have one class.
    .init([needle("{", ignoringCase: true)], "[", []),
    .init([needle("$[a", ignoringCase: true)], "0123456789${A", []),
    .init([needle("ab")], "a", []),
    .init([needle("ab")], "ab", [0]),
    .init([needle("ab")], "0123456789ab", [0]),
    .init([needle("b")], "0123456789ab", [0]),
    .init([needle("0")], "0123456789ab", [0]),
    .init([needle("abc")], "0123456789ab", []),
    .init([needle("abc")], "0123456789abc", [0]),
    .init([needle("abc")], "abc0123456789", [0]),
    .init([needle("SELECT", ignoringCase: true), needle("SELECT")], "1 union select 2", [0]),
    .init([needle("SELECT", ignoringCase: true), needle("SELECT")], "1 UNION SELECT 2", [0, 1]),
    .init([needle("aaa"), needle("aaaa"), needle("aaaaa")], "xaaaax", [0, 1]),
    .init([needle("admin"), needle("admin"), needle("min")], "/admin", [0, 1, 2]),
    .init([needle("/admin/"), needle("/administrator")], "/administrator/", [1]),
    .init([needle("<script")], "<<<<<<<<<<<<<<<script", [0]),
  ]
}

struct LiteralPrefilterTests {
  @Test(arguments: PrefilterCase.all)
  func findsWhatOccurs(_ test: PrefilterCase) {
    let found = ids(LiteralPrefilter(test.needles), in: test.value)
    #expect(found.ids == test.ids)
    #expect(found.isAny == !test.ids.isEmpty)
  }

  @Test func keepsWhatWasFoundBefore() {
    let prefilter = LiteralPrefilter((0..<130).map { needle("<\($0)>") })
    #expect(prefilter.wordCount == 3)
    var found: [UInt64] = [0, 0, 0]
    #expect(prefilter.scan(Array("ab <3> <64> <129>".utf8).span, into: &found))
    #expect(found == [1 << 3, 1, 2])
    #expect(!prefilter.scan(Array("nothing of that kind".utf8).span, into: &found))
    #expect(prefilter.scan(Array("<3><127><128>".utf8).span, into: &found))
    #expect(found == [1 << 3, 1 | 1 << 63, 3] as [UInt64])
  }

  @Test(arguments: 0..<5)
  func findsANeedleAtEveryPlaceOfAValueOfEveryLength(_ length: Int) {
    let bytes = Array("<$q;".utf8.prefix(length))
    let prefilter = LiteralPrefilter([Needle(bytes)])
    for count in length...40 {
      for place in 0...(count - length) {
        var value = [UInt8](repeating: UInt8(ascii: "-"), count: count)
        value.replaceSubrange(place..<(place + length), with: bytes)
        #expect(ids(prefilter, in: value).ids == [0], "\(place) of \(count)")
      }
    }
  }

  /// Alphabets that make needles overlap, differ in case only, or share classes.
  static let alphabets: [[UInt8]] = [
    Array("ab".utf8), Array("aAbB".utf8), Array("a/.<".utf8), [0x00, 0x20, 0x40, 0x60, 0x80, 0xe0],
    [0x61, 0x41, 0xe1, 0xc1, 0x21, 0x01], Array(0...255), Array("abcdefghijklmnop-_/%=".utf8),
  ]

  @Test(arguments: alphabets.indices)
  func agreesWithThePlainSearch(_ alphabet: Int) throws {
    let alphabet = Self.alphabets[alphabet]
    var random = SplitMix(state: UInt64(alphabet.count))
    func bytes(_ lengths: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: lengths, using: &random)).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &random)]
      }
    }
    for round in 0..<150 {
      let longest = [1, 2, 3, 5, 12][round % 5]
      let shortest = round % 3 == 0 ? 0 : 1
      var needles = (0..<Int.random(in: 1...(round % 7 == 0 ? 200 : 20), using: &random)).map { _ in
        Needle(bytes(shortest...longest), ignoringCase: Bool.random(using: &random))
      }
      // Needles that share beginnings and ends.
      for part in needles.prefix(5) where part.bytes.count > 1 {
        needles.append(Needle(part.bytes + bytes(1...4), ignoringCase: part.ignoresCase))
        needles.append(Needle(bytes(1...4) + part.bytes, ignoringCase: !part.ignoresCase))
      }
      let prefilter = LiteralPrefilter(needles)
      for _ in 0..<20 {
        var value = bytes(0...[4, 12, 30, 90][round % 4])
        if Bool.random(using: &random), let planted = needles.randomElement(using: &random) {
          value.insert(
            contentsOf: planted.bytes, at: Int.random(in: 0...value.count, using: &random))
        }
        let expected = needles.indices.filter { needles[$0].occurs(in: value.span) }
        let found = ids(prefilter, in: value)
        try #require(found.ids == expected, "round \(round): \(needles) in \(value)")
        #expect(found.isAny == !expected.isEmpty)
      }
    }
  }
}
