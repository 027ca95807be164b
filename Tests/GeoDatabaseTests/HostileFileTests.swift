import Foundation
import GeoDatabase
import IPAddressing
import TestSupport
import Testing
import WAFRequests

/// Files that are no databases, or bad ones: an error or nothing known, never a crash.
struct HostileFileTests {
  private static func error(_ bytes: [UInt8]) throws -> GeoDatabaseError? {
    let folder = try TemporaryDirectory()
    let path = try folder.write("test.mmdb", bytes)
    do throws(GeoDatabaseError) {
      _ = try GeoDatabase(path: path)
      return nil
    } catch {
      return error
    }
  }

  private static func isCorrupt(_ error: GeoDatabaseError?) -> Bool {
    if case .corrupt = error { true } else { false }
  }

  private static func isNotMaxMind(_ error: GeoDatabaseError?) -> Bool {
    if case .notMaxMind = error { true } else { false }
  }

  /// Opens the file where that can be done, and asks for addresses of every kind.
  ///
  /// - Returns: whether it could be opened.
  private static func exercise(
    _ bytes: [UInt8], in folder: TemporaryDirectory
  ) throws -> Bool {
    let path = try folder.write("test.mmdb", bytes)
    guard let database = try? GeoDatabase(path: path) else { return false }
    for address in ["0.0.0.0", "192.0.2.1", "198.51.100.1", "203.0.113.1", "255.255.255.255"] {
      if let address = IPAddress(address) { _ = database.facts(of: address) }
    }
    for address in ["::", "::1", "2001:db8::1", "ffff::"] {
      if let address = IPAddress(address) { _ = database.facts(of: address) }
    }
    return true
  }

  @Test
  func whatIsNoDatabaseIsRefused() throws {
    #expect(Self.isNotMaxMind(try Self.error([])))
    #expect(Self.isNotMaxMind(try Self.error(Array("country,network\nUS,1.2.3.0/24\n".utf8))))
    let city = DatabaseWriter.city.bytes
    // Cut off anywhere before its metadata, a database has none.
    #expect(Self.isNotMaxMind(try Self.error(Array(city.prefix(city.count / 2)))))
    let marker = [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)
    #expect(Self.isCorrupt(try Self.error(marker)))
    #expect(Self.isCorrupt(try Self.error(Array(city.dropLast(3)))))
    let folder = try TemporaryDirectory()
    #expect(throws: GeoDatabaseError.unreadable(path: folder.path + "/none.mmdb")) {
      try GeoDatabase(path: folder.path + "/none.mmdb")
    }
    #expect(throws: GeoDatabaseError.unreadable(path: folder.path)) {
      try GeoDatabase(path: folder.path)
    }
  }

  @Test
  func databasesOfOtherThingsAreRefused() throws {
    for type in ["GeoIP2-Anonymous-IP", "GeoIP2-Connection-Type", "GeoIP2-Domain", ""] {
      guard case .wrongType(_, type)? = try Self.error(DatabaseWriter(type: type).bytes) else {
        Issue.record("type '\(type)' was not refused")
        continue
      }
    }
  }

  @Test
  func aTreeLargerThanTheFileIsRefused() throws {
    var bytes = DatabaseWriter(type: "Test-City").bytes
    let name = Array("node_count".utf8)
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: name) })
    // The count of 1 becomes one of 200.
    bytes[place + name.count + 1] = 200
    #expect(Self.isCorrupt(try Self.error(bytes)))
  }

  @Test
  func messagesNameTheFile() {
    #expect(GeoDatabaseError.notMaxMind(path: "a.mmdb").message.contains("'a.mmdb'"))
    #expect(GeoDatabaseError.wrongType(path: "a", type: "T").message.contains("'T'"))
    #expect(GeoDatabaseError.corrupt(path: "a", problem: "p").message.hasSuffix(": p"))
    #expect(GeoDatabaseError.unreadable(path: "a").message == "the file 'a' can't be read")
  }

  /// Nested arrays, deeper than the library's own recursion would survive.
  @Test
  func deepNestingIsNotFollowed() throws {
    let nest = DatabaseWriter.Value.raw(
      (0..<1_000_000).flatMap { _ in [UInt8](arrayLiteral: 1, 4) } + [0x41, 0x78])
    var writer = DatabaseWriter(type: "Test-Country")
    writer.add(
      v4: 0xC000_0200, prefix: 24,
      .map([("a", nest), ("country", .map([("iso_code", .text("US"))]))]))
    let folder = try TemporaryDirectory()
    let database = try GeoDatabase(path: folder.write("test.mmdb", writer.bytes))
    let facts = database.facts(of: .v4(0xC000_0201))
    #expect(facts == AddressFacts())
  }

  @Test
  func deepMetadataAreRefused() throws {
    var writer = DatabaseWriter(type: "Test-Country")
    writer.extraMetadata = [
      ("zzz", .raw((0..<60_000).flatMap { _ in [UInt8](arrayLiteral: 1, 4) } + [0x41, 0x78]))
    ]
    #expect(Self.isCorrupt(try Self.error(writer.bytes)))
  }

  /// Arrays of pointers to arrays of pointers: small in the file, endless once followed.
  @Test
  func sharedContainersInMetadataAreRefused() throws {
    var writer = DatabaseWriter(type: "Test-Country")
    writer.extraMetadata = [("zzz", .array([.raw([0x20, 0x00]), .raw([0x20, 0x00])]))]
    #expect(Self.isCorrupt(try Self.error(writer.bytes)))
  }

  @Test
  func cutAndChangedFilesDoNotCrash() throws {
    let folder = try TemporaryDirectory()
    var random = SplitMix(state: 7)
    var opened = 0
    let originals = [DatabaseWriter.city.bytes, DatabaseWriter.asn.bytes]
    for original in originals {
      for _ in 0..<1500 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let index = Int.random(in: bytes.indices, using: &random)
          bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          // A cut in the middle, the metadata kept.
          let start = Int.random(in: bytes.indices, using: &random)
          bytes.removeSubrange(start..<min(bytes.count, start + 40))
        }
        if try Self.exercise(bytes, in: folder) { opened += 1 }
      }
    }
    #expect(opened > 500)
  }
}
