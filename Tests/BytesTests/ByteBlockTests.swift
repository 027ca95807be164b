import Bytes
import TestSupport
import Testing

@Suite struct ByteBlockTests {
  @Test(arguments: UInt8.min...UInt8.max)
  func classifiesAsSingleBytesAreClassified(_ byte: UInt8) {
    // In the middle of others, so that a carry between bytes would show.
    for place in 0..<16 {
      var block = ByteBlock(repeating: 0xff)
      block[place] = byte
      #expect(block.isASCIIUppercase[place] == byte.isASCIIUppercase)
      #expect(block.isASCIILowercase[place] == (byte.isASCIILetter && !byte.isASCIIUppercase))
      #expect(block.isASCIIWhitespace[place] == byte.isASCIIWhitespace)
      #expect(block.isWordByte[place] == byte.isWordByte)
      #expect(block.asciiLowercased[place] == byte.asciiLowercased)
      #expect(block.asciiUppercased[place].asciiLowercased == byte.asciiLowercased)
      #expect(!block.asciiUppercased.isASCIILowercase[place])
      #expect(block.isByte(0x41)[place] == (byte == 0x41))
      #expect(block.isWordByte.bits.firstByteOfBlock == (byte.isWordByte ? place : 16))
    }
  }

  @Test(arguments: 0...50)
  func findsFirstsAndPairsAtEveryPlace(_ count: Int) {
    for place in 0..<max(count, 1) {
      var bytes = [UInt8](repeating: 0, count: count)
      if count > 0 { bytes[place] = 1 }
      for start in -1...count {
        let isAhead = start >= 0 && place >= start && count > 0
        #expect(
          bytes.span.firstIndex(from: start) { $0.isByte(1) } == (isAhead ? place : nil))
        let isPair = isAhead && place + 1 < count
        #expect(
          bytes.span.firstPair(from: start) { $0.isByte(1) .& $1.isByte(0) }
            == (isPair ? place : nil))
      }
    }
  }

  @Test func findsTheFirstOfSeveral() {
    var generator = SplitMix(state: 7)
    for _ in 0..<10_000 {
      let bytes = (0..<Int.random(in: 0...70, using: &generator)).map { _ in
        UInt8.random(in: 0...40, using: &generator)
      }
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let rest = bytes.indices.dropFirst(start)
      #expect(
        bytes.span.firstIndex(from: start) { $0.isASCIIWhitespace }
          == rest.first { bytes[$0].isASCIIWhitespace })
      #expect(
        bytes.span.firstPair(from: start) { $0.isASCIIWhitespace .& $1.isByte(0) }
          == rest.dropLast().first { bytes[$0].isASCIIWhitespace && bytes[$0 + 1] == 0 })
      #expect(
        bytes.span.firstIndexOfNonWordByte(from: start) == rest.first { !bytes[$0].isWordByte })
    }
  }
}
