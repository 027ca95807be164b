/// A way to a value inside a JSON document (RFC 6901).
///
/// The pointer keeps its reference tokens unescaped; `description` escapes them.
public struct JSONPointer: Hashable, Sendable {
  /// The reference tokens from the root down: member names and array indexes, unescaped.
  public var components: [String]

  /// The pointer to the whole document.
  public static let root = JSONPointer()

  /// Creates a pointer from reference tokens.
  ///
  /// - Parameter components: member names and array indexes from the root down, unescaped.
  public init(_ components: [String] = []) {
    self.components = components
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

  /// Whether the pointer is that of the whole document.
  public var isRoot: Bool { components.isEmpty }

  /// The pointer to the value that contains this one; the root is its own parent.
  public var parent: JSONPointer { JSONPointer(Array(components.dropLast())) }

  /// The pointer to a member of the object that this pointer leads to.
  public func appending(_ key: String) -> JSONPointer {
    JSONPointer(components + [key])
  }

  /// The pointer to an element of the array that this pointer leads to.
  public func appending(_ index: Int) -> JSONPointer {
    JSONPointer(components + [String(index)])
  }

  /// The pointer that leads on from this one by the tokens of another.
  public func appending(contentsOf other: JSONPointer) -> JSONPointer {
    JSONPointer(components + other.components)
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
