import Testing
import Transforms

/// The decoders of hexadecimal digits and base64, and UTF8_TO_UNICODE, beyond the vectors.
@Suite struct EncodingTests {
  static let hex: [TransformationExample] = [
    .init(.hexDecode, "", ""),
    .init(.hexDecode, "4a", "J"),
    .init(.hexDecode, "41424", "AB", "41424"),
    .init(.hexDecode, "4", "", "4"),
    .init(.hexDecode, "4142 43", "4142 43", "AB"),
    .init(.hexDecode, "41424g", "41424g", "AB"),
    .init(.hexDecode, "g", "g", ""),
    .init(.hexDecode, "0x41", "0x41", ""),
    .init(.sqlHexDecode, "", ""),
    .init(.sqlHexDecode, "0", "0"),
    .init(.sqlHexDecode, "0x", "0x"),
    .init(.sqlHexDecode, "00x41", "0A"),
    .init(.sqlHexDecode, "10x41", "1A"),
    .init(.sqlHexDecode, "0x410x42", "AB"),
    .init(.sqlHexDecode, "0x4100x42", "A\0x42"),
    .init(.sqlHexDecode, "0x41 0x42,0x4z", "A B,0x4z"),
    .init(.sqlHexDecode, "0x4G", "0x4G"),
    .init(.sqlHexDecode, "0x0x41", "0xA"),
    .init(.sqlHexDecode, "x414243", "x414243"),
  ]

  static let base64: [TransformationExample] = [
    .init(.base64DecodeExt, "", ""),
    .init(.base64DecodeExt, "=", ""),
    .init(.base64DecodeExt, "Q", ""),
    .init(.base64DecodeExt, "QQ", "A"),
    .init(.base64DecodeExt, "QQ==", "A"),
    .init(.base64DecodeExt, "Q=Q=", "A"),
    .init(.base64DecodeExt, "QUI=QUJD".utf8Bytes, [0x41, 0x42, 0x10, 0x50, 0x90]),
    .init(.base64DecodeExt, "Q-U_J.D", "ABC"),
    .init(.base64DecodeExt, [0xff, 0x51, 0x80, 0x51], [0x41]),
    .init(.base64DecodeExt, "+/+/".utf8Bytes, [0xfb, 0xff, 0xbf]),
  ]

  static let unicode: [TransformationExample] = [
    .init(.utf8ToUnicode, "", ""),
    .init(.utf8ToUnicode, "a\u{80}b", "a%u0080b"),
    .init(.utf8ToUnicode, "\u{7ff}\u{800}\u{ffff}", "%u07ff%u0800%uffff"),
    .init(.utf8ToUnicode, "\u{10000}\u{fffff}", "%u10000%ufffff"),
    .init(.utf8ToUnicode, "\u{100000}\u{10ffff}", "%u100000%u10ffff"),
    // Overlong forms, a surrogate, a value too high, cut sequences and lone continuations.
    .init(.utf8ToUnicode, [0xc0, 0xaf], [0xc0, 0xaf]),
    .init(.utf8ToUnicode, [0xc1, 0xbf], [0xc1, 0xbf]),
    .init(.utf8ToUnicode, [0xe0, 0x80, 0xaf], [0xe0, 0x80, 0xaf]),
    .init(.utf8ToUnicode, [0xf0, 0x80, 0x80, 0xaf], [0xf0, 0x80, 0x80, 0xaf]),
    .init(.utf8ToUnicode, [0xed, 0xa0, 0x80], [0xed, 0xa0, 0x80]),
    .init(.utf8ToUnicode, [0xf4, 0x90, 0x80, 0x80], [0xf4, 0x90, 0x80, 0x80]),
    .init(.utf8ToUnicode, [0xe6, 0x97], [0xe6, 0x97]),
    .init(.utf8ToUnicode, [0x80, 0xbf], [0x80, 0xbf]),
    .init(.utf8ToUnicode, [0xe6, 0xc3, 0xa9], [0xe6] + "%u00e9".utf8Bytes),
    .init(.utf8ToUnicode, [0xc3, 0xa9, 0xa9], "%u00e9".utf8Bytes + [0xa9]),
  ]

  @Test(arguments: hex + base64 + unicode)
  func decodes(_ example: TransformationExample) {
    example.check()
  }
}
