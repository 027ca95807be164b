import Foundation
import Testing
import Transforms

/// Every vector of `corpora/conformance/transformations.json`.
@Suite struct TransformationVectorTests {
  struct Vector: Decodable, CustomTestStringConvertible {
    var type: String
    var input: [UInt8]
    var output: [UInt8]
    var note: String?

    var testDescription: String {
      "\(type) \(String(decoding: input, as: UTF8.self).debugDescription)"
    }

    private enum CodingKeys: String, CodingKey {
      case type
      case input = "input_hex"
      case output = "output_hex"
      case note
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      type = try container.decode(String.self, forKey: .type)
      input = try Self.bytes(container.decode(String.self, forKey: .input))
      output = try Self.bytes(container.decode(String.self, forKey: .output))
      note = try container.decodeIfPresent(String.self, forKey: .note)
    }

    private static func bytes(_ hex: String) throws -> [UInt8] {
      let digits = hex.compactMap(\.hexDigitValue)
      guard digits.count == hex.count, digits.count % 2 == 0 else {
        throw CocoaError(.formatting)
      }
      return stride(from: 0, to: digits.count, by: 2).map {
        UInt8(digits[$0] << 4 | digits[$0 + 1])
      }
    }
  }

  static func vectors(file: String = #filePath) throws -> [Vector] {
    let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = root.appending(path: "corpora/conformance/transformations.json")
    return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: url))
  }

  @Test(arguments: try vectors())
  func holds(_ vector: Vector) throws {
    let transformation = try #require(
      TextTransformation(wireName: vector.type), "unknown transformation \(vector.type)")
    #expect(transformation.applied(to: vector.input).output == vector.output)
  }

  @Test func coversEveryTransformation() throws {
    let vectors = try Self.vectors()
    #expect(vectors.count == 161)
    #expect(Set(vectors.map(\.type)) == Set(TextTransformation.allCases.map(\.wireName)))
  }
}
