import Bytes
import Testing

@Suite struct ByteClassesTests {
  @Test(arguments: UInt8.min...UInt8.max)
  func classifies(_ byte: UInt8) {
    let character = Character(Unicode.Scalar(byte))
    let isASCII = byte < 0x80
    #expect(byte.isASCIIDigit == (isASCII && character.isWholeNumber))
    #expect(byte.isASCIILetter == (isASCII && character.isLetter))
    #expect(byte.isASCIIUppercase == (isASCII && character.isUppercase))
    #expect(byte.isASCIIAlphanumeric == (byte.isASCIIDigit || byte.isASCIILetter))
    #expect(byte.isWordByte == (byte.isASCIIAlphanumeric || character == "_"))
    #expect(byte.isASCIIWhitespace == [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20].contains(byte))
    #expect(
      byte.asciiLowercased == (byte.isASCIIUppercase ? character.lowercased().utf8.first : byte))
    #expect(byte.hexDigitValue.map(Int.init) == (isASCII ? character.hexDigitValue : nil))
  }
}
