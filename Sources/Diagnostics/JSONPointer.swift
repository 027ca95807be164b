/// A way to a value inside a JSON document (RFC 6901).
///
/// The pointer keeps its reference tokens unescaped; `description` escapes them.
public struct JSONPointer: Hashable, Sendable {
  /// The last token and the way to it; nil for the root.
  ///
  /// Reading and checking a document makes a pointer for every value, and few are ever looked at:
  /// going one token on must not copy those before.
  private var last: Step?

  private final class Step: Sendable {
    let previous: Step?
    let token: Token

    init(_ previous: Step?, _ token: Token) {
      self.previous = previous
      self.token = token
    }
  }

  /// An index is the same token as its digits.
  private enum Token: Sendable {
    case name(String)
    case index(Int)

    var text: String {
      switch self {
      case .name(let name): name
      case .index(let index): String(index)
      }
    }
  }

  /// The reference tokens from the root down: member names and array indexes, unescaped.
  public var components: [String] {
    get {
      var components: [String] = []
      var step = last
      while let current = step {
        components.append(current.token.text)
        step = current.previous
      }
      components.reverse()
      return components
    }
    set { self = JSONPointer(newValue) }
  }

  /// The pointer to the whole document.
  public static let root = JSONPointer()

  /// Creates a pointer from reference tokens.
  ///
  /// - Parameter components: member names and array indexes from the root down, unescaped.
  public init(_ components: [String] = []) {
    last = components.reduce(nil) { Step($0, .name($1)) }
  }

  /// Creates a pointer from its text, such as `/Rules/0/Name`.
  ///
  /// - Parameter text: the empty text, or a text that starts with `/`; anything else is `nil`,
  ///   and so is a `~` that is followed by neither `0` nor `1`.
  public init?(parsing text: String) {
    guard !text.isEmpty else {
      self.init()
      return
    }
    var components: [String] = []
    var component = ""
    var isEscaped = false
    var isFirst = true
    for scalar in text.unicodeScalars {
      if isFirst {
        guard scalar == "/" else { return nil }
        isFirst = false
      } else if isEscaped {
        switch scalar {
        case "0": component.unicodeScalars.append("~")
        case "1": component.unicodeScalars.append("/")
        default: return nil
        }
        isEscaped = false
      } else if scalar == "~" {
        isEscaped = true
      } else if scalar == "/" {
        components.append(component)
        component = ""
      } else {
        component.unicodeScalars.append(scalar)
      }
    }
    guard !isEscaped else { return nil }
    components.append(component)
    self.init(components)
  }

  private init(last: Step?) {
    self.last = last
  }

  /// Whether the pointer is that of the whole document.
  public var isRoot: Bool { last == nil }

  /// The pointer to the value that contains this one; the root is its own parent.
  public var parent: JSONPointer { JSONPointer(last: last?.previous) }

  /// The pointer to a member of the object that this pointer leads to.
  public func appending(_ key: String) -> JSONPointer {
    JSONPointer(last: Step(last, .name(key)))
  }

  /// The pointer to an element of the array that this pointer leads to.
  public func appending(_ index: Int) -> JSONPointer {
    JSONPointer(last: Step(last, .index(index)))
  }

  /// The pointer that leads on from this one by the tokens of another.
  public func appending(contentsOf other: JSONPointer) -> JSONPointer {
    JSONPointer(last: other.components.reduce(last) { Step($0, .name($1)) })
  }

  /// Whether both lead the same way.
  public static func == (left: JSONPointer, right: JSONPointer) -> Bool {
    var (own, other) = (left.last, right.last)
    while let one = own, let two = other {
      // Pointers made from one another have their first steps in common.
      if one === two { return true }
      guard one.token.text == two.token.text else { return false }
      (own, other) = (one.previous, two.previous)
    }
    return own == nil && other == nil
  }

  /// Feeds the tokens to a hasher.
  public func hash(into hasher: inout Hasher) {
    var step = last
    while let current = step {
      hasher.combine(current.token.text)
      step = current.previous
    }
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The pointer as RFC 6901 writes it: empty for the root, otherwise `/` before each token.
  public var description: String {
    var text = ""
    for component in components {
      text += "/"
      for scalar in component.unicodeScalars {
        switch scalar {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    return text
  }
}
