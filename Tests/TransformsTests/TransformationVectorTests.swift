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

  static let transformations: [String: TextTransformation] = [
    "NONE": .none,
    "LOWERCASE": .lowercase,
    "URL_DECODE": .urlDecode,
    "URL_DECODE_UNI": .urlDecodeUni,
    "HTML_ENTITY_DECODE": .htmlEntityDecode,
    "COMPRESS_WHITE_SPACE": .compressWhiteSpace,
    "NORMALIZE_PATH": .normalizePath,
    "BASE64_DECODE": .base64Decode,
    "REMOVE_NULLS": .removeNulls,
  ]

  /// The types that are not built yet.
  ///
  /// Whoever builds one takes it from here: its vectors then run.
  static let notBuiltYet: Set<String> = [
    "BASE64_DECODE_EXT", "CMD_LINE", "CMD_LINE_UNIX", "CMD_LINE_WIN", "CSS_DECODE",
    "ESCAPE_SEQ_DECODE", "HEX_DECODE", "JS_DECODE", "JS_DECODE_EXT", "MD5", "NORMALIZE_PATH_WIN",
    "REMOVE_COMMENTS_CHAR", "REMOVE_WHITESPACE", "REPLACE_COMMENTS", "REPLACE_NULLS", "SHA256",
    "SQL_HEX_DECODE", "TRIM", "TRIM_LEFT", "TRIM_RIGHT", "UPPERCASE", "UTF8_TO_UNICODE",
  ]

  static func vectors(file: String = #filePath) throws -> [Vector] {
    let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let url = root.appending(path: "corpora/conformance/transformations.json")
    return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: url))
  }

  @Test(arguments: try vectors().filter { !notBuiltYet.contains($0.type) })
  func holds(_ vector: Vector) throws {
    let transformation = try #require(
      Self.transformations[vector.type], "unknown transformation \(vector.type)")
    #expect(transformation.applied(to: vector.input).output == vector.output)
  }

  @Test func coversEveryTransformation() throws {
    #expect(Set(Self.transformations.values) == Set(TextTransformation.allCases))
    #expect(Self.transformations.keys.filter(Self.notBuiltYet.contains).isEmpty)
    let types = try Set(Self.vectors().map(\.type))
    #expect(types == Self.notBuiltYet.union(Self.transformations.keys))
  }
}
