package import Behaviour
package import Bytes

/// A key, or a scalar value, of a JSON text.
package struct JSONElement: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case key
    case value
  }

  package var kind: Kind
  /// The element's bytes: a string without its quotes, any other scalar as written.
  package var range: ByteRange
  /// Whether the bytes lie in the parser's `decoded`; else in the text.
  package var isDecoded: Bool

  package init(kind: Kind, range: ByteRange, isDecoded: Bool) {
    self.kind = kind
    self.range = range
    self.isDecoded = isDecoded
  }
}

/// How a parse ended.
package struct JSONOutcome: Hashable, Sendable {
  package enum End: UInt8, Hashable, Sendable {
    /// The root is closed and nothing follows it.
    case complete
    /// No text that begins like this one parses.
    case failed
    /// The text ends too early: a failure, unless only its start is at hand.
    case unfinished
  }

  package var end: End
  /// The open questions whose other reading could give other elements or another end.
  package var questions: OpenQuestions

  package init(end: End, questions: OpenQuestions = []) {
    self.end = end
    self.questions = questions
  }
}
