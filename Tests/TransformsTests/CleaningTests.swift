import Testing
import Transforms

/// The transformations that remove or replace white space, NUL bytes, comments and letters, and
/// NORMALIZE_PATH_WIN, beyond the vectors.
@Suite struct CleaningTests {
  static let whitespace: [TransformationExample] = [
    .init(.trim, "", ""),
    .init(.trim, "a b", "a b"),
    .init(.trim, " ", ""),
    .init(.trim, " \t\n\u{b}\u{c}\r", ""),
    .init(.trim, [0x20, 0xa0, 0x20], [0xa0]),
    .init(.trim, [0x00, 0x20], [0x00]),
    .init(.trimLeft, "a ", "a "),
    .init(.trimLeft, "\r\n a ", "a "),
    .init(.trimLeft, "  ", ""),
    .init(.trimRight, " a", " a"),
    .init(.trimRight, " a\t\n", " a"),
    .init(.trimRight, "  ", ""),
    .init(.removeWhitespace, "", ""),
    .init(.removeWhitespace, "ab", "ab"),
    .init(.removeWhitespace, " \t\n\u{b}\u{c}\r", ""),
    .init(.removeWhitespace, [0x61, 0xa0, 0x62], [0x61, 0xa0, 0x62], [0x61, 0x62]),
    .init(.removeWhitespace, [0x20, 0xc2, 0xa0], [0xc2, 0xa0], [0xc2]),
    .init(.replaceNulls, "", ""),
    .init(.replaceNulls, "\0\0a\0", "  a "),
    .init(.replaceNulls, "a b", "a b"),
    .init(.uppercase, "", ""),
    .init(.uppercase, "ABC", "ABC"),
    .init(.uppercase, "@[`{az", "@[`{AZ"),
    .init(.uppercase, [0xe0, 0xfa, 0x61], [0xe0, 0xfa, 0x41]),
  ]

  static let comments: [TransformationExample] = [
    .init(.replaceComments, "", ""),
    .init(.replaceComments, "/", "/"),
    .init(.replaceComments, "/*", " "),
    .init(.replaceComments, "/**/", " "),
    .init(.replaceComments, "/***/x", " x"),
    .init(.replaceComments, "/* / * // */x", " x"),
    .init(.replaceComments, "//**/*x", "/ *x"),
    .init(.replaceComments, "a/*x*/*/b", "a */b"),
    .init(.replaceComments, "-- x # y // z", "-- x # y // z"),
    .init(.replaceComments, "/*!50000x*/", " "),
    .init(.removeCommentsChar, "", ""),
    .init(.removeCommentsChar, "a-b/c*d", "a-b/c*d"),
    .init(.removeCommentsChar, "##", ""),
    .init(.removeCommentsChar, "----", ""),
    .init(.removeCommentsChar, "/*/", "/"),
    .init(.removeCommentsChar, "*/*", "*"),
    // What a removal brings together stays.
    .init(.removeCommentsChar, "/--*", "/*"),
    .init(.removeCommentsChar, "-#-", "--"),
  ]

  static let paths: [TransformationExample] = [
    .init(.normalizePathWin, "", ""),
    .init(.normalizePathWin, "/a/b", "/a/b"),
    .init(.normalizePathWin, #"\"#, "/"),
    .init(.normalizePathWin, #"a\b"#, "a/b"),
    .init(.normalizePathWin, #"c:\windows\..\x\"#, "c:/x/"),
    .init(.normalizePathWin, #"..\..\a"#, "../../a"),
    .init(.normalizePathWin, #"/\/\a"#, "/a"),
    .init(.normalizePathWin, #"\..\a"#, "/a"),
    .init(.normalizePathWin, #"a\.."#, "", "/"),
    .init(.normalizePathWin, #".\"#, "", "/"),
    .init(.normalizePathWin, "a/..", "", "/"),
  ]

  @Test(arguments: whitespace + comments + paths)
  func rewrites(_ example: TransformationExample) {
    example.check()
  }
}
