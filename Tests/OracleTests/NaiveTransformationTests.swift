import Foundation
import Testing
import WAFModel

/// The oracle's own transformations against the vectors of the conformance corpus.
@Suite struct NaiveTransformationTests {
  struct Vector: Decodable, CustomTestStringConvertible {
    var type: String
    var input: String
    var output: String

    enum CodingKeys: String, CodingKey {
      case type
      case input = "input_hex"
      case output = "output_hex"
    }

    var testDescription: String { "\(type) \(input)" }
  }

  static func vectors() throws -> [Vector] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../corpora/conformance/transformations.json")
    return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
  }

  @Test func thereAreVectorsOfEveryTransformation() throws {
    let vectors = try Self.vectors()
    #expect(vectors.count >= 161)
    #expect(
      Set(vectors.map(\.type)) == Set(TextTransformationType.known.map(\.wireName)))
  }

  @Test(arguments: try vectors())
  func agrees(_ vector: Vector) {
    func bytes(_ hex: String) -> [UInt8] {
      let digits = Array(hex.utf8)
      return stride(from: 0, to: digits.count, by: 2).compactMap { start in
        NaiveTransformations.hexNumber(digits, start, 2).map { UInt8($0) }
      }
    }
    let output = NaiveTransformations.apply(
      TextTransformationType(wireName: vector.type), to: bytes(vector.input), flipping: [])
    #expect(output == bytes(vector.output))
  }
}
