import Foundation
import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

@Suite struct TrafficReaderTests {
  /// All that a reader gives, in order.
  private func readAll(
    _ paths: [String], limits: FramingLimits = FramingLimits(), bufferBytes: Int = 512 * 1024
  ) throws -> (chunks: [RecordChunk], errors: [TrafficReadError]) {
    var reader = TrafficReader(
      try TrafficInput(paths: paths), limits: limits, bufferBytes: bufferBytes)
    var chunks: [RecordChunk] = []
    var errors: [TrafficReadError] = []
    while true {
      do {
        guard let chunk = try reader.nextChunk() else { break }
        chunks.append(chunk)
      } catch {
        errors.append(error as TrafficReadError)
      }
    }
    #expect(chunks.map(\.index) == Array(chunks.indices))
    return (chunks, errors)
  }

  private func records(_ chunks: [RecordChunk]) -> [String] {
    chunks.flatMap { chunk in
      chunk.records.map { String(decoding: chunk.bytes(of: $0), as: UTF8.self) }
    }
  }

  static let twoRecords =
    "{\"httpRequest\":{\"uri\":\"/one\",\"httpMethod\":\"GET\"}}\n"
    + "{\"httpRequest\":{\"uri\":\"/two\",\"httpMethod\":\"GET\"}}\n"

  /// `twoRecords`, compressed by gzip.
  static let compressed = """
    H4sIAAAAAAAC/6tWyigpKQhKLSxNLS5RsqpWKi3KVLJS0s/PS1XSAcv5ppZk5KcAxdxdQ5Rqa7mqcegoKc/HoQMAgiC86mQ\
    AAAA=
    """

  @Test func filesAreReadInOrder() throws {
    let directory = try TemporaryDirectory()
    let paths = [
      try directory.write("b", "{\"b\":1}"), try directory.write("a", "{\"a\":1}{\"a\":2}"),
      try directory.write("empty", ""), try directory.write("c", "{\"c\":1"),
    ]
    let (chunks, errors) = try readAll(paths)
    #expect(records(chunks) == [#"{"b":1}"#, #"{"a":1}"#, #"{"a":2}"#])
    #expect(chunks.map(\.file) == [0, 1, 3])
    #expect(chunks.last?.rejects.first?.error.code == .truncatedRecord)
    #expect(chunks.last?.rejects.first?.position.file == 3)
    #expect(errors.isEmpty)
  }

  @Test func gzipIsToldByItsFirstBytes() throws {
    let directory = try TemporaryDirectory()
    let data = try #require(Data(base64Encoded: Self.compressed))
    let path = try directory.write("misnamed.json", Array(data))
    #expect(records(try readAll([path]).chunks).joined(separator: "\n") + "\n" == Self.twoRecords)
  }

  @Test(arguments: [1, 2, 3, 13, 100, 4096])
  func membersAreReadToTheEnd(_ bufferBytes: Int) throws {
    let directory = try TemporaryDirectory()
    let texts = ["{\"a\":1}\n{\"b\"", ":2}", "", "\n{\"c\":3}"]
    let path = try directory.write(
      "m.gz", texts.flatMap { StoredGzip.member(Array($0.utf8)) })
    let (chunks, _) = try readAll([path], bufferBytes: bufferBytes)
    #expect(records(chunks) == [#"{"a":1}"#, #"{"b":2}"#, #"{"c":3}"#])
    #expect(chunks.flatMap(\.records).map(\.offset) == [0, 8, 16])
    #expect(chunks.allSatisfy { $0.notices.isEmpty })
  }

  /// Wherever the end of a member falls in the buffer, the next one is found.
  @Test func membersMayEndAnywhere() throws {
    let directory = try TemporaryDirectory()
    for padding in 0..<16 {
      let first = StoredGzip.member(Array("{}".utf8) + [UInt8](repeating: 0x20, count: padding))
      let path = try directory.write("p.gz", first + StoredGzip.member(Array("{}".utf8)))
      let (chunks, _) = try readAll([path], bufferBytes: 8)
      #expect(records(chunks) == ["{}", "{}"])
      #expect(chunks.allSatisfy { $0.notices.isEmpty })
    }
  }

  @Test func truncatedGzipKeepsWhatCameBefore() throws {
    let directory = try TemporaryDirectory()
    let records = (0..<100).map { "{\"n\":\($0)}\n" }.joined()
    let data = StoredGzip.member(Array(records.utf8))
    for count in [data.count - 1, data.count - 8, data.count - 12, 200, 15, 9, 3] {
      let path = try directory.write("t.gz", Array(data.prefix(count)))
      let (chunks, errors) = try readAll([path])
      #expect(errors.isEmpty)
      let notices = chunks.flatMap(\.notices)
      #expect(notices.map(\.kind) == [.truncatedData(.gzip)])
      #expect(notices.allSatisfy { $0.isError && $0.offset == count })
      let whole = max(0, min(count, data.count - 8) - 15)
      let kept = records.utf8.prefix(whole).filter { $0 == 0x0A }.count
      #expect(abs(self.records(chunks).count - kept) <= 1)
    }
  }

  @Test func damagedGzipKeepsWhatCameBefore() throws {
    let directory = try TemporaryDirectory()
    var data = StoredGzip.member(Array("{\"a\":1}\n".utf8))
    data[data.count - 8] ^= 1  // the checksum
    let path = try directory.write("d.gz", data)
    let (chunks, _) = try readAll([path])
    #expect(records(chunks) == [#"{"a":1}"#])
    #expect(chunks.flatMap(\.notices).map(\.kind) == [.corruptData(.gzip)])
  }

  @Test func bytesAfterGzipAreAWarning() throws {
    let directory = try TemporaryDirectory()
    let data = StoredGzip.member(Array("{\"a\":1}\n".utf8))
    for tail in ["x", "{\"b\":2}"] {
      let path = try directory.write("g.gz", data + Array(tail.utf8))
      let (chunks, _) = try readAll([path])
      #expect(records(chunks) == [#"{"a":1}"#])
      let notice = try #require(chunks.flatMap(\.notices).first)
      #expect(notice.kind == .trailingGarbage(.gzip) && !notice.isError)
      #expect(notice.offset == data.count)
    }
  }

  static let refused: [(InputFormat, [UInt8])] = [
    (.bzip2, Array("BZh9".utf8)), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    (.zip, [0x50, 0x4B, 0x03, 0x04]), (.parquet, Array("PAR1".utf8)), (.compress, [0x1F, 0x9D]),
    (.utf16, [0xFF, 0xFE, 0x7B, 0]),
  ]

  @Test(arguments: refused)
  func otherFormatsAreRefusedWithAHint(_ example: (InputFormat, [UInt8])) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x", example.1)
    let after = try directory.write("y", "{\"a\":1}")
    let (chunks, errors) = try readAll([path, after])
    #expect(errors == [.unsupportedFormat(name: path, example.0)])
    #expect(errors.first?.message.contains("cannot be read; ") == true)
    #expect(records(chunks) == [#"{"a":1}"#], "the next input is read")
  }

  @Test func aFileThatGoesAwayIsAnError() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("x", "{}")
    var reader = TrafficReader(try TrafficInput(paths: [path]))
    try FileManager.default.removeItem(atPath: path)
    let error = try #require(throws: TrafficReadError.self) { _ = try reader.nextChunk() }
    #expect(error.message == "\(path): No such file or directory")
    #expect(try reader.nextChunk() == nil)
  }

  @Test func aLineOf20MBIsOneReject() throws {
    let directory = try TemporaryDirectory()
    let size = 20 * 1024 * 1024
    var bytes = Array("{\"a\":1}\n{\"b\":\"".utf8)
    bytes += [UInt8](repeating: 0x78, count: size)
    bytes += Array("\"}\n{\"c\":3}\n".utf8)
    for content in [bytes, StoredGzip.member(bytes)] {
      let path = try directory.write("large", content)
      let (chunks, _) = try readAll([path])
      #expect(records(chunks) == [#"{"a":1}"#, #"{"c":3}"#])
      let rejects = chunks.flatMap(\.rejects)
      #expect(rejects.count == 1)
      #expect(rejects.first?.error.code == .recordTooLarge)
      #expect(rejects.first?.count == size + 8)
      #expect(rejects.first?.bytes.count == RejectedBytes.keptBytes)
    }
  }

  @Test func bufferSizeMakesNoDifference() throws {
    let directory = try TemporaryDirectory()
    let text = (0..<40).map { "{\"n\":\($0)}" + ($0 % 5 == 0 ? "oops\n" : "") }.joined()
    let path = try directory.write("x", text)
    let limits = FramingLimits(chunkBytes: 100, chunkRecords: 9)
    let whole = try readAll([path], limits: limits).chunks.map(FramedChunk.init)
    #expect(whole.count > 4)
    for size in [1, 2, 7, 8, 9, 64] {
      let chunks = try readAll([path], limits: limits, bufferBytes: size).chunks
      #expect(chunks.map(FramedChunk.init) == whole)
    }
  }
}
