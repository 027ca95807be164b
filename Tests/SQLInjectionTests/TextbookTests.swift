import Foundation
import SQLInjection
import Testing

/// Every value of corpora/detectors/sql-injection.jsonl is answered as it says.
@Suite struct TextbookTests {
  struct Entry: Decodable, CustomTestStringConvertible {
    var family: String
    var encoding: String
    var value: String?
    var valueBase64: Data?
    var low: Bool
    var high: Bool

    var bytes: [UInt8] { valueBase64.map { Array($0) } ?? Array((value ?? "").utf8) }
    var testDescription: String { "\(family), \(encoding): \(value ?? "\(bytes)")" }
  }

  static let entries: [Entry] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("corpora/detectors/sql-injection.jsonl")
    guard let data = try? Data(contentsOf: file) else { return [] }
    return data.split(separator: UInt8(ascii: "\n")).compactMap { line in
      do {
        return try JSONDecoder().decode(Entry.self, from: line)
      } catch {
        Issue.record("no entry: \(String(decoding: line, as: UTF8.self))")
        return nil
      }
    }
  }()

  /// The families that docs/behaviour/sql-injection.md names as found, each completely.
  static let found: Set = [
    "tautology", "comment-termination", "union", "stacked", "blind-boolean", "time-based",
    "error-based", "out-of-band", "second-order", "mysql-version-comment", "hex-and-char",
    "scientific-notation", "quoted-identifiers", "order-and-limit", "mysql", "postgresql",
    "sql-server", "oracle", "sqlite", "sub-select", "documented-sample",
  ]

  @Test func theSetIsWhole() {
    #expect(Self.entries.filter(\.low).count >= 170)
    #expect(Self.entries.filter { !$0.low && !$0.high }.count >= 90)
    #expect(Set(Self.entries.map(\.bytes)).count == Self.entries.count, "a value twice")
    let families = Set(Self.entries.map(\.family))
    #expect(Self.found.isSubset(of: families))
    for entry in Self.entries {
      #expect(Self.found.contains(entry.family) == entry.low, "\(entry.testDescription)")
      #expect(!entry.low || entry.high, "\(entry.testDescription)")
    }
  }

  @Test(arguments: entries) func isAnsweredAsStated(entry: Entry) {
    let bytes = entry.bytes
    #expect(
      (findAttack(bytes, .low) != nil) == entry.low)
    #expect(
      (findAttack(bytes, .high) != nil) == entry.high)
  }
}
