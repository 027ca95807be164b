import Bytes

extension TextTransformation {
  /// How much of the recorded start of a value can be transformed without the rest.
  ///
  /// Transforming that many bytes gives the start of what transforming the whole value gives,
  /// whatever follows and whatever the reading of the open questions; the rest of the recorded
  /// start may not. Nil where what follows can change everything.
  package func keptPrefix(of input: Span<UInt8>) -> Int? {
    switch self {
    case .none, .lowercase, .uppercase, .removeNulls, .replaceNulls, .compressWhiteSpace,
      .removeWhitespace, .base64DecodeExt:
      input.count
    // White space at the cut is deleted, which only shortens the output.
    case .trim, .trimLeft, .trimRight, .cmdLineUnix: input.count
    case .urlDecode: startOfOpenEscape("%", longest: 3, in: input)
    case .urlDecodeUni: startOfOpenEscape("%", longest: 6, in: input)
    // `\uhhhh`.
    case .jsDecode, .jsDecodeExt: startOfOpenEscape("\\", longest: 6, in: input)
    // `\0` and three digits.
    case .escapeSeqDecode: startOfOpenEscape("\\", longest: 5, in: input)
    // Six digits; white space behind them is deleted, which changes nothing before it.
    case .cssDecode: startOfOpenEscape("\\", longest: 7, in: input)
    case .sqlHexDecode: startOfOpenSQLHex(input)
    case .utf8ToUnicode: startOfOpenUTF8(input)
    case .htmlEntityDecode: startOfOpenEntity(input)
    case .replaceComments: startOfHalfComment(input)
    case .removeCommentsChar: startOfHalfCommentMark(input)
    case .cmdLine: startOfFinalCmdLineBlanks(input)
    case .cmdLineWin: startOfFinalWindowsRun(input)
    // One foreign byte leaves the whole value as it is; `..` deletes what came before; a digest
    // has no parts.
    case .base64Decode, .hexDecode, .normalizePath, .normalizePathWin, .md5, .sha256: nil
    }
  }
}

/// Where an escape begins that the end of the input may cut; the end of the input without one.
///
/// No byte of an escape but the second can be the one that begins escapes.
private func startOfOpenEscape(
  _ marker: Unicode.Scalar, longest: Int, in input: Span<UInt8>
) -> Int {
  let marker = UInt8(truncatingIfNeeded: marker.value)
  var index = 0
  while let found = input.firstIndex(of: marker, from: index) {
    if found + longest > input.count { return found }
    // `\\` is an escape, `%%` is not: its second may begin one.
    index = found + (marker == backslash ? 2 : 1)
  }
  return input.count
}

/// Where an entity begins that the end of the input may cut; the end of the input without one.
private func startOfOpenEntity(_ input: Span<UInt8>) -> Int {
  var start = input.count
  while start > 0 {
    let byte = input[start - 1]
    if byte == UInt8(ascii: "&") { return start - 1 }
    guard byte == UInt8(ascii: "#") || byte.isASCIIAlphanumeric else { break }
    start -= 1
  }
  return input.count
}

/// A slash at the end may open a comment; one that closes a comment may be missing too.
private func startOfHalfComment(_ input: Span<UInt8>) -> Int {
  let endsInSlash = !input.isEmpty && input[input.count - 1] == UInt8(ascii: "/")
  return endsInSlash ? input.count - 1 : input.count
}
