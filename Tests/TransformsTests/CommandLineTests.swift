import Behaviour
import TestSupport
import Testing
import Transforms

/// The command line transformations, beyond the vectors and against their steps done one by one.
@Suite struct CommandLineTests {
  static let examples: [TransformationExample] = [
    .init(.cmdLine, "", ""),
    .init(.cmdLine, "cat file.txt", "cat file.txt"),
    .init(.cmdLine, " a ", " a "),
    .init(.cmdLine, "  a  ", " a "),
    .init(.cmdLine, "\\\"'^", ""),
    .init(.cmdLine, "a \" b", "a b"),
    .init(.cmdLine, "a \" /b", "a/b"),
    .init(.cmdLine, "a,b", "a b"),
    .init(.cmdLine, "a , ; b", "a b"),
    .init(.cmdLine, "a ,", "a "),
    .init(.cmdLine, "/ /(", "//("),
    .init(.cmdLine, "É", "É"),
    .init(.cmdLine, "a,/b", "a/b", "a /b"),
    .init(.cmdLine, "a, ;(b", "a(b", "a (b"),
    .init(.cmdLine, ";/", "/", " /"),
    .init(.cmdLine, "a\tb", "a b", "a\tb"),
    .init(.cmdLine, "a \r\n b", "a b", "a \r\n b"),
    .init(.cmdLine, "a\t/b", "a/b", "a\t/b"),
    .init(.cmdLine, "a\t /b", "a/b", "a\t/b"),
    .init(.cmdLine, "\n", " ", "\n"),
    // Not in either list.
    .init(.cmdLine, "a\u{b}\u{c}b", "a\u{b}\u{c}b"),

    .init(.cmdLineUnix, "", ""),
    .init(.cmdLineUnix, "cat /etc/passwd", "cat /etc/passwd"),
    .init(.cmdLineUnix, " \t\r\n\u{b}\u{c}", ""),
    .init(.cmdLineUnix, "\" a ' b \\", "a b"),
    .init(.cmdLineUnix, "a\n\n/b (c)", "a /b (c)"),
    .init(.cmdLineUnix, "LS,-L;^`x`", "ls,-l;^`x`"),

    .init(.cmdLineWin, "", ""),
    .init(.cmdLineWin, "dir c:\\temp", "dir c:\\temp"),
    .init(.cmdLineWin, "^", ""),
    .init(.cmdLineWin, "a^\nb^\r\nc", "abc"),
    .init(.cmdLineWin, "a^\rb", "a b"),
    .init(.cmdLineWin, "a^^\nb", "ab"),
    .init(.cmdLineWin, "a^\"\nb", "a b"),
    .init(.cmdLineWin, "a\nb", "a b"),
    .init(.cmdLineWin, " \t", ""),
    .init(.cmdLineWin, "a\\\\", "a\\"),
    .init(.cmdLineWin, "a\\^\\b", "a\\b"),
    .init(.cmdLineWin, "a,b;c /d (e)", "a,b;c /d (e)"),
    .init(.cmdLineWin, "\\\\server\\share", "\\server\\share", "\\\\server\\share"),
    .init(.cmdLineWin, "Net Use \\\\S\\\\x", "net use \\s\\x", "net use \\\\s\\x"),
    .init(.cmdLineWin, "\"\\\\s\\x\"", "\\s\\x", "\\\\s\\x"),
    .init(.cmdLineWin, "\\\\\\s", "\\s"),
    .init(.cmdLineWin, "\\\\", "\\", "\\\\"),
    .init(.cmdLineWin, "x \\ \\\\", "x \\ \\", "x \\ \\\\"),
  ]

  @Test(arguments: examples)
  func rewrites(_ example: TransformationExample) {
    example.check()
  }

  static func inputs() -> [[UInt8]] {
    var generator = SplitMix(state: 11)
    let alphabet = Array("aB/(,;\\\"'^`  \t\r\n\u{b}".utf8)
    return (0..<20_000).map { _ in
      (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        alphabet.randomElement(using: &generator) ?? 0
      }
    }
  }

  @Test func cmdLineDoesTheStepsOfThePage() {
    for input in Self.inputs() {
      let steps = collapsed(
        withoutSpacesBeforeSlashes(input.filter { !#"\"'^"#.utf8.contains($0) })
          .map { ",;".utf8.contains($0) ? UInt8(ascii: " ") : $0 }
      ).asciiLowercase
      let flipped = TextTransformation.cmdLine.applied(to: input, flipping: .commandLine)
      #expect(flipped.output == steps, "\(input)")
    }
  }

  @Test func cmdLineDeletesBlanksBeforeSlashesLast() {
    for input in Self.inputs() {
      let steps = withoutSpacesBeforeSlashes(
        collapsed(
          input.filter { !#"\"'^"#.utf8.contains($0) }
            .map { ",;\t\r\n".utf8.contains($0) ? UInt8(ascii: " ") : $0 })
      ).asciiLowercase
      #expect(TextTransformation.cmdLine.applied(to: input).output == steps, "\(input)")
    }
  }

  @Test func cmdLineUnixDoesTheStepsOfThePage() {
    for input in Self.inputs() {
      let steps = trimmed(
        collapsed(spaced(input.filter { !#"\"'"#.utf8.contains($0) }))
      ).asciiLowercase
      #expect(TextTransformation.cmdLineUnix.applied(to: input).output == steps, "\(input)")
    }
  }

  @Test func cmdLineWinDoesTheStepsOfThePage() {
    for input in Self.inputs() {
      let unbroken = removing("^\n".utf8Bytes, from: removing("^\r\n".utf8Bytes, from: input))
      let kept = unbroken.filter { !"\"'^`".utf8.contains($0) }
      let steps = collapsed(trimmed(collapsed(spaced(kept))), byte: UInt8(ascii: "\\"))
        .asciiLowercase
      #expect(TextTransformation.cmdLineWin.applied(to: input).output == steps, "\(input)")
    }
  }

  // MARK: Steps

  private func spaced(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (9...13).contains($0) ? UInt8(ascii: " ") : $0 }
  }

  private func collapsed(_ bytes: [UInt8], byte: UInt8 = UInt8(ascii: " ")) -> [UInt8] {
    var output: [UInt8] = []
    for next in bytes where next != byte || output.last != byte { output.append(next) }
    return output
  }

  private func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let space = UInt8(ascii: " ")
    let start = bytes.drop { $0 == space }
    return start.reversed().drop { $0 == space }.reversed()
  }

  private func withoutSpacesBeforeSlashes(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    for next in bytes {
      if "/(".utf8.contains(next) {
        while output.last == UInt8(ascii: " ") { output.removeLast() }
      }
      output.append(next)
    }
    return output
  }

  private func removing(_ run: [UInt8], from items: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    while index < items.count {
      if items[index...].starts(with: run) {
        index += run.count
      } else {
        output.append(items[index])
        index += 1
      }
    }
    return output
  }
}

extension [UInt8] {
  fileprivate var asciiLowercase: [UInt8] {
    map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 }
  }
}
