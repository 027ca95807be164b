import Testing
import Transforms

/// Inputs whose output hangs on an open question, and inputs that come near and don't.
@Suite struct OpenQuestionTests {
  static let examples: [TransformationExample] = [
    .init(.urlDecode, "a+b%2b", "a b+", "a+b+"),
    .init(.urlDecode, "a%2Bb", "a+b", nil),
    .init(.urlDecode, "%+1", "% 1", "%+1"),
    .init(.urlDecodeUni, "%u0041+", "A ", "A+"),
    .init(.urlDecodeUni, "%u002b", "+", nil),
    .init(.urlDecodeUni, "%u00+1", "%u00 1", "%u00+1"),
    .init(.htmlEntityDecode, "&apos;", "'", "\\"),
    .init(.htmlEntityDecode, "&APOS;&lt;", "'<", "\\<"),
    .init(.htmlEntityDecode, "&apos", "&apos", "\\"),
    .init(.htmlEntityDecode, "&lt", "&lt", "<"),
    .init(.htmlEntityDecode, "&lt &gt;", "&lt >", "< >"),
    .init(.htmlEntityDecode, "&ltx", "&ltx", nil),
    .init(.htmlEntityDecode, "&foo", "&foo", nil),
    .init(.htmlEntityDecode, "&#60;", "<", nil),
    .init(.htmlEntityDecode, "&#60", "<", "&#60"),
    .init(.htmlEntityDecode, "&#x3cx", "<x", "&#x3cx"),
    .init(.htmlEntityDecode, "&#x13c;", "\u{13c}", "<"),
    .init(.htmlEntityDecode, "&#x13c", "\u{13c}", "&#x13c"),
    .init(.htmlEntityDecode, "&#0000000000060;", "<", nil),
    .init(.htmlEntityDecode, "&#x10ff3c;", "\u{10ff3c}", "<"),
    .init(.htmlEntityDecode, "&#xd83c;", "&#xd83c;", "<"),
    .init(.htmlEntityDecode, "&#x11003c;", "&#x11003c;", "<"),
    .init(
      .htmlEntityDecode, "&#x1000000000000000000000000000000003c;",
      "&#x1000000000000000000000000000000003c;", "<"),
    .init(
      .htmlEntityDecode, "&#100000000000000000000000060;",
      "&#100000000000000000000000060;", "<"),
    .init(.htmlEntityDecode, "&&lt;&", "&<&", nil),
    .init(.htmlEntityDecode, "&#;&#x;&#", "&#;&#x;&#", nil),
    .init(.htmlEntityDecode, "&#a;", "&#a;", nil),
    .init(.htmlEntityDecode, "&DiacriticalGraves;", "&DiacriticalGraves;", nil),
    .init(.normalizePath, "a/..", "", "/"),
    .init(.normalizePath, "a/../", "", "/"),
    .init(.normalizePath, ".", "", "/"),
    .init(.normalizePath, "./", "", "/"),
    .init(.normalizePath, "", "", nil),
    .init(.normalizePath, "a/../..", "..", nil),
    .init(.normalizePath, "/a/..", "/", nil),
    .init(.base64Decode, "QUI=", "AB", nil),
    .init(.base64Decode, "QUJD", "ABC", nil),
    .init(.base64Decode, "QQ==", "A", nil),
    .init(.base64Decode, "QUI", "AB", "QUI"),
    .init(.base64Decode, "QQ=", "A", "QQ="),
    .init(.base64Decode, "QUJD=", "ABC", "QUJD="),
    .init(.base64Decode, "QUI=QUI=", "AB", "QUI=QUI="),
    .init(.base64Decode, "QUI=\n", "AB", "QUI=\n"),
    .init(.base64Decode, "QUJDQ", "ABC", "QUJDQ"),
    .init(.base64Decode, "QUJDQ===", "ABC", "QUJDQ==="),
    .init(.base64Decode, "QU-D", "A", "QU-D"),
    .init(.base64Decode, "=", "", "="),
    .init(.base64Decode, "", "", nil),
  ]

  @Test(arguments: examples)
  func reads(_ example: TransformationExample) {
    example.check()
  }
}
