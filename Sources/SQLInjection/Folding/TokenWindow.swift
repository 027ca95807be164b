/// The tokens that folding works on: at most eight.
///
/// They stand in memory of their own: the folding reads single fields of single tokens, and nothing
/// copies all of them.
@safe struct TokenWindow {
  static let capacity = 8

  private let slots: UnsafeMutablePointer<Token>
  var count = 0

  /// Sound for as long as the eight slots exist; they hold tokens, whatever these are.
  init(_ slots: UnsafeMutablePointer<Token>) {
    unsafe self.slots = slots
  }

  /// Gives a window to the closure.
  @inline(__always)
  static func withWindow<Result>(_ body: (TokenWindow) -> Result) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: Token.self, capacity: capacity) { buffer in
      unsafe buffer.initialize(repeating: .absent)
      guard let slots = buffer.baseAddress else { preconditionFailure("no memory for a window") }
      return unsafe body(TokenWindow(slots))
    }
  }

  // Sound: every index below is taken modulo the capacity.

  subscript(_ index: Int) -> Token {
    @inline(__always) get { unsafe slots[index & 7] }
    @inline(__always) nonmutating set { unsafe slots[index & 7] = newValue }
  }

  /// The kind of a token.
  @inline(__always)
  func kind(_ index: Int) -> TokenKind { unsafe slots[index & 7].kind }

  /// The word of a token.
  @inline(__always)
  func word(_ index: Int) -> SQLWord { unsafe slots[index & 7].word }

  @inline(__always)
  func setKind(_ index: Int, _ kind: TokenKind) { unsafe slots[index & 7].kind = kind }

  @inline(__always)
  mutating func append(_ token: Token) {
    self[count] = token
    count += 1
  }
}
