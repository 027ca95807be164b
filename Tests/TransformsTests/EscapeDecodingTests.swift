import Testing
import Transforms

/// The decoders of backslash escapes, beyond the vectors.
@Suite struct EscapeDecodingTests {
  static let js: [TransformationExample] = [
    .init(.jsDecode, "", ""),
    .init(.jsDecode, "no escapes / here", "no escapes / here"),
    .init(.jsDecode, #"\uFF5e\uff5F"#, "~_"),
    .init(.jsDecode, #"\uff00"#, "\0"),
    .init(.jsDecode, #"\u00e9"#.utf8Bytes, [0xe9]),
    .init(.jsDecode, #"\U0041"#, "U0041"),
    .init(.jsDecode, #"\u{41}"#, "u{41}"),
    .init(.jsDecode, #"\X41"#, "X41"),
    .init(.jsDecode, #"\x4"#, "x4"),
    .init(.jsDecode, #"\x"#, "x"),
    .init(.jsDecode, #"\377"#.utf8Bytes, [0xff]),
    .init(.jsDecode, #"\400"#, " 0"),
    .init(.jsDecode, #"\18"#, "\u{1}8"),
    .init(.jsDecode, #"\1012"#, "A2"),
    .init(.jsDecode, #"\8\9"#, "89"),
    .init(.jsDecode, #"\\u0041"#, #"\u0041"#),
    .init(.jsDecode, #"\\\u0041"#, #"\A"#),
    .init(.jsDecode, #"\b\f\r\v"#, "\u{8}\u{c}\r\u{b}"),
    .init(.jsDecode, "\\\n", "\n"),
    .init(.jsDecodeExt, #"C:\Users\me\notes\temp"#, #"C:\Users\me\notes\temp"#),
    .init(.jsDecodeExt, #"\u00zz\xg1\?"#, #"\u00zz\xg1\?"#),
    .init(.jsDecodeExt, #"\\u0041"#, #"\u0041"#),
    .init(.jsDecodeExt, #"\\\u0041"#, #"\A"#),
    .init(.jsDecodeExt, #"\n\u0041"#, #"\nA"#),
    .init(.jsDecodeExt, #"\\server\share"#, #"\server\share"#),
    .init(.jsDecodeExt, #"\477\8"#, #"'7\8"#),
    .init(.jsDecodeExt, #"\uff1cb\uff1e"#, "<b>"),
    .init(.jsDecodeExt, #"end\"#, #"end\"#),
  ]

  static let css: [TransformationExample] = [
    .init(.cssDecode, "", ""),
    .init(.cssDecode, "a{b:c}", "a{b:c}"),
    .init(.cssDecode, #"\"#, ""),
    .init(.cssDecode, #"\\\"#, #"\"#),
    .init(.cssDecode, #"\41"#, "A"),
    .init(.cssDecode, #"\9z"#, "\tz"),
    .init(.cssDecode, #"\041"#, "A"),
    .init(.cssDecode, #"\0041"#, "A"),
    .init(.cssDecode, #"\00041"#, "A"),
    // A seventh digit is text.
    .init(.cssDecode, #"\0000411"#, "A1"),
    .init(.cssDecode, #"\41  b"#, "A b"),
    .init(.cssDecode, "\\41\t\\42\n", "AB"),
    .init(.cssDecode, "\\41\r\nb", "A\nb"),
    .init(.cssDecode, #"\41\42"#, "AB"),
    // Only codes of exactly FFxx are full-width.
    .init(.cssDecode, #"\1ff1c"#.utf8Bytes, [0x1c]),
    .init(.cssDecode, #"\10ff1c"#.utf8Bytes, [0x1c]),
    .init(.cssDecode, #"\01ff1c"#.utf8Bytes, [0x1c]),
    .init(.cssDecode, #"\fF1C"#, "<"),
    .init(.cssDecode, #"\ff00\ff5f\ff5e"#, "\0_~"),
    .init(.cssDecode, #"\ff1"#.utf8Bytes, [0xf1]),
    .init(.cssDecode, "\\\r", "\r"),
  ]

  static let ansi: [TransformationExample] = [
    .init(.escapeSeqDecode, "", ""),
    .init(.escapeSeqDecode, #"\n"#, "\n"),
    .init(.escapeSeqDecode, #"\x4\X41\u0041"#, #"\x4\X41\u0041"#),
    .init(.escapeSeqDecode, #"\\n"#, #"\n"#),
    .init(.escapeSeqDecode, #"\\\n"#, "\\\n"),
    .init(.escapeSeqDecode, #"\z\n"#, "\\z\n"),
    .init(.escapeSeqDecode, #"\x\n"#, "\\x\n"),
    .init(.escapeSeqDecode, #"\8"#, #"\8"#),
    .init(.escapeSeqDecode, #"\x411"#, "A1"),
    // As the page writes octal escapes: `\0OOO`.
    .init(.escapeSeqDecode, #"\0"#, "\0"),
    .init(.escapeSeqDecode, #"\012"#, "\n"),
    .init(.escapeSeqDecode, #"\08"#, "\u{0}8"),
    .init(.escapeSeqDecode, #"\0101"#, "\u{8}1", "A"),
    .init(.escapeSeqDecode, #"\01018"#, "\u{8}18", "A8"),
    .init(.escapeSeqDecode, #"\101"#, "A", #"\101"#),
    .init(.escapeSeqDecode, #"\7"#, "\u{7}", #"\7"#),
    .init(.escapeSeqDecode, #"\777"#.utf8Bytes, [0xff], #"\777"#.utf8Bytes),
  ]

  @Test(arguments: js + css + ansi)
  func decodes(_ example: TransformationExample) {
    example.check()
  }
}
