package import DocumentTree

/// A regular expression in a list: the API's shape Regex.
public struct RegularExpression: Hashable, Sendable {
  /// The expression.
  public var regexString: String
  /// Whether it is written as a plain string, as CloudFormation has it.
  package var isPlain = false

  /// Creates an expression.
  public init(regexString: String) {
    self.regexString = regexString
  }
}

extension RegularExpression: TreeReadable, TreeWritable {
  package init?(reading cursor: Cursor, in context: ReadingContext) {
    if let text = cursor.node.text {
      self.init(regexString: text)
      isPlain = true
      return
    }
    guard var object = ObjectReader(cursor, in: context) else { return nil }
    let text = object.required("RegexString", as: String.self)
    object.finish()
    guard let text else { return nil }
    self.init(regexString: text)
  }

  package func node() -> Node {
    isPlain ? regexString.node() : Node("RegexString", regexString)
  }
}
