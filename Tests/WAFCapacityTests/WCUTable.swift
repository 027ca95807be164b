import DocumentTree
import Foundation
import TestSupport

/// `corpora/conformance/wcu.json`.
struct WCUTable {
  /// Why the table is of no use.
  struct Problem: Error {
    var text: String
  }

  let root: Node

  init() throws {
    let file = packageRoot.appendingPathComponent("corpora/conformance/wcu.json")
    root = try JSONParser.parse(Array(try Data(contentsOf: file)), file: "wcu.json")
  }

  /// The number that a way of member names leads to.
  func number(_ path: String...) throws -> Int {
    guard let number = path.reduce(root, { $0?[$1] })?.integer else {
      throw Problem(text: "no number at \(path)")
    }
    return number
  }

  /// The members of an object.
  func members(_ path: String...) throws -> [Node.Member] {
    guard let members = path.reduce(root, { $0?[$1] })?.members else {
      throw Problem(text: "no object at \(path)")
    }
    return members
  }
}

extension Node {
  /// The value of a whole number.
  var integer: Int? {
    if case .number(let text) = kind { Int(text) } else { nil }
  }
}
