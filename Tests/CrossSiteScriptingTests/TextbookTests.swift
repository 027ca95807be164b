import CrossSiteScripting
import Foundation
import Testing

/// Every value of corpora/detectors/cross-site-scripting.jsonl is answered as it says.
@Suite struct TextbookTests {
  struct Entry: Decodable, CustomTestStringConvertible {
    var family: String
    var encoding: String
    var value: String?
    var valueBase64: Data?
    var match: Bool

    var bytes: [UInt8] { valueBase64.map { Array($0) } ?? Array((value ?? "").utf8) }
    var testDescription: String { "\(family), \(encoding): \(value ?? "\(bytes)")" }
  }

  static let entries: [Entry] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("corpora/detectors/cross-site-scripting.jsonl")
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

  @Test func theSetIsWhole() {
    #expect(Self.entries.filter(\.match).count >= 200)
    #expect(Self.entries.filter { !$0.match }.count >= 100)
    #expect(Set(Self.entries.map(\.bytes)).count == Self.entries.count, "a value twice")
    for entry in Self.entries { #expect(!entry.bytes.isEmpty, "\(entry.family)") }
  }

  @Test(arguments: entries) func isAnsweredAsStated(entry: Entry) {
    #expect(
      (CrossSiteScriptingDetector.findAttack(in: entry.bytes.span) != nil) == entry.match)
  }
}
