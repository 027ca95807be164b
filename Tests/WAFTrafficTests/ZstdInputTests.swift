import CZstd
import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

@Suite struct ZstdInputTests {
  private struct CompressionFailure: Error {}

  /// A frame that holds `content`, with a checksum.
  private func frame(_ content: [UInt8], windowLog: Int32? = nil) throws -> [UInt8] {
    guard let context = ZSTD_createCCtx() else { throw CompressionFailure() }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    if let windowLog {
      // The window counts only where the size is not known before.
      ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0)
      ZSTD_CCtx_setParameter(context, ZSTD_c_enableLongDistanceMatching, 1)
      ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog)
      return try stream(content, context)
    }
    var data = [UInt8](repeating: 0, count: ZSTD_compressBound(content.count))
    let count = ZSTD_compress2(context, &data, data.count, content, content.count)
    guard ZSTD_isError(count) == 0 else { throw CompressionFailure() }
    return Array(data.prefix(count))
  }

  /// The same as a stream of unknown length, which declares the window.
  private func stream(_ content: [UInt8], _ context: OpaquePointer) throws -> [UInt8] {
    var data = [UInt8](repeating: 0, count: ZSTD_compressBound(content.count) + 64)
    let count = data.withUnsafeMutableBytes { (target) -> Int? in
      content.withUnsafeBytes { (source) -> Int? in
        var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        for (size, directive) in [(source.count, ZSTD_e_flush), (0, ZSTD_e_end)] {
          var input = ZSTD_inBuffer(src: source.baseAddress, size: size, pos: 0)
          guard ZSTD_compressStream2(context, &output, &input, directive) == 0 else { return nil }
        }
        return output.pos
      }
    }
    guard let count else { throw CompressionFailure() }
    return Array(data.prefix(count))
  }

  /// A frame that decoders skip.
  private func skippable(_ content: [UInt8]) -> [UInt8] {
    [0x53, 0x2A, 0x4D, 0x18]
      + (0..<4).map { UInt8(truncatingIfNeeded: content.count >> ($0 * 8)) } + content
  }

  private static func lines(_ count: Int) -> [UInt8] {
    Array((0..<count).map { "{\"n\":\($0),\"x\":\"\($0 * $0)\"}\n" }.joined().utf8)
  }

  @Test(arguments: [1, 2, 3, 13, 100, 4096, 1 << 19])
  func framesAreReadToTheEnd(_ bufferBytes: Int) throws {
    let texts = ["{\"a\":1}\n{\"b\"", ":2}", "", "\n{\"c\":3}"]
    var data = skippable([1, 2, 3])
    for text in texts { data += try frame(Array(text.utf8)) + skippable(Array(text.utf8)) }
    let read = try ReadTraffic(data, bufferBytes: bufferBytes)
    let records = read.chunks.flatMap { chunk in chunk.records.map(\.offset) }
    #expect(records == [0, 8, 16])
    #expect(
      read.chunks.map { String(decoding: $0.bytes, as: UTF8.self) } == [
        "{\"a\":1}{\"b\":2}{\"c\":3}"
      ])
    #expect(read.notices.isEmpty)
  }

  @Test func largeInputsAreTheSameAsPlain() throws {
    let content = Self.lines(20_000)
    let plain = try ReadTraffic(content)
    let compressed = try ReadTraffic(
      try frame(Array(content.prefix(100_000))) + (try frame(Array(content.dropFirst(100_000)))))
    #expect(plain.chunks.count > 1 && compressed.chunks == plain.chunks)
    let streamed = try ReadTraffic(try frame(content, windowLog: 20), bufferBytes: 1000)
    #expect(streamed.chunks == plain.chunks)
  }

  @Test func truncatedDataKeepsWhatCameBefore() throws {
    let first = try frame(Self.lines(100))
    let data = first + (try frame(Self.lines(50)))
    for count in [data.count - 1, data.count - 5, first.count + 7, first.count + 4] {
      let read = try ReadTraffic(Array(data.prefix(count)))
      #expect(read.chunks.flatMap(\.notices).map(\.kind) == [.truncatedData(.zstd)])
      #expect(read.chunks.flatMap(\.notices).allSatisfy { $0.isError && $0.offset == count })
      #expect(
        read.notices == [
          "error: the zstd data ends too early; the records before its end were read"
        ])
      #expect(read.chunks.flatMap(\.records).count >= 100)
    }
    let skipped = try ReadTraffic(first + skippable([1, 2, 3]).dropLast())
    #expect(skipped.chunks.flatMap(\.notices).map(\.kind) == [.truncatedData(.zstd)])
    #expect(skipped.chunks.flatMap(\.records).count == 100)
  }

  @Test func damagedDataKeepsWhatCameBefore() throws {
    let first = try frame(Self.lines(100))
    var data = first + (try frame(Self.lines(50)))
    data[data.count - 1] ^= 1  // the checksum
    let read = try ReadTraffic(data)
    #expect(read.chunks.flatMap(\.notices).map(\.kind) == [.corruptData(.zstd)])
    #expect(read.chunks.flatMap(\.records).count >= 100)
  }

  @Test func bytesAfterTheDataAreAWarning() throws {
    let data = try frame(Self.lines(3))
    // The beginning of another format's data is no zstd data either.
    for tail in [[0x78], Array("{\"b\":2}".utf8), [0x28, 0xB5, 0x2F], [0x1F, 0x8B, 8, 0, 0]] {
      let read = try ReadTraffic(data + tail)
      #expect(read.notices == ["warning: bytes after the zstd data are ignored"])
      #expect(read.chunks.flatMap(\.notices).map(\.offset) == [data.count])
      #expect(read.chunks.flatMap(\.records).count == 3)
    }
  }

  @Test func theWindowIsLimited() throws {
    let usual = try ReadTraffic(try frame(Self.lines(3), windowLog: 27))
    #expect(usual.notices.isEmpty && usual.chunks.flatMap(\.records).count == 3)
    let first = try frame(Self.lines(3))
    let large = try ReadTraffic(first + (try frame(Self.lines(3), windowLog: 28)))
    #expect(large.chunks.flatMap(\.notices).map(\.kind) == [.windowTooLarge])
    #expect(large.notices.allSatisfy { $0.contains("more than 128 MiB") && $0.hasPrefix("error") })
    #expect(large.chunks.flatMap(\.records).count == 3)
  }

  /// In a directory the name counts as it does for gzip: what can't be read is a fault there.
  @Test func namesAreThoseOfTraffic() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.log.zst", try frame(Self.lines(2)))
    try directory.write("b.zst", try frame(Array("no traffic\n".utf8)))
    try directory.write("c.bin", try frame(Array("no traffic\n".utf8)))
    let read = try ReadTraffic(try TrafficInput(paths: [directory.path]))
    #expect(read.chunks.map(\.records.count) == [2, 0, 0])
    #expect(read.chunks.map(\.rejects.count) == [0, 1, 0])
    #expect(read.notices.count == 1)
  }
}
