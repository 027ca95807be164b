import Bytes
import TestSupport
import Testing
import TrafficReading
import WAFRequests
import WAFTraffic

/// Damaged bytes are refused or read, and never stop the program.
@Suite struct DecoderRobustnessTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64]) func damagedRecords(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let samples = SampleRecords.all.map { Array($0.utf8) }
    let decoder = WAFLogDecoder()
    var record = RequestRecord()
    var refused = 0
    var read = 0
    for _ in 0..<5000 {
      let bytes = damaged(samples[Int.random(in: 0..<samples.count, using: &random)], &random)
      do {
        try decoder.decode(bytes.span, into: &record)
        read += 1
        try checkRanges(record)
      } catch let error as RecordError {
        refused += 1
        #expect((0...bytes.count).contains(error.offset), "seed \(seed): \(error)")
        #expect(!error.message.isEmpty)
      }
    }
    // Both ways have been gone.
    #expect(refused > 1000 && read > 100)
  }

  private func damaged(_ sample: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var bytes = sample
    let marks = Array("{}[]\",:\\u0n-eE.\u{0}\n \u{FF}".utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.removeSubrange(index...)
      case 1: bytes.remove(at: index)
      case 2: bytes.insert(marks[Int.random(in: 0..<marks.count, using: &random)], at: index)
      case 3: bytes[index] = marks[Int.random(in: 0..<marks.count, using: &random)]
      case 4: bytes[index] = UInt8.random(in: 0...255, using: &random)
      default:
        let end = min(bytes.count, index + Int.random(in: 1...40, using: &random))
        bytes.insert(contentsOf: bytes[index..<end], at: index)
      }
    }
    return bytes
  }

  /// Every range lies in the arena.
  private func checkRanges(_ record: RequestRecord) throws {
    var ranges = [
      record.method.range, record.path.range, record.query.range, record.httpVersion.range,
      record.body.range, record.requestID, record.sourceName, record.webACLARN,
      record.provenance, record.recorded.action, record.recorded.expectedRule,
      record.recordedRegion ?? .empty,
    ]
    ranges += record.headers.flatMap { [$0.name, $0.value.range] }
    ranges += RawMember.allCases.compactMap { record.raw[$0] }
    for range in ranges { try #require(range.end <= record.storage.count) }
  }

  /// The framer too: whatever the bytes, each one is in a record, in a reject, or between.
  @Test(arguments: [11, 12] as [UInt64]) func damagedStreams(_ seed: UInt64) throws {
    var random = SplitMix(state: seed)
    for _ in 0..<300 {
      var stream: [UInt8] = []
      for _ in 0..<4 {
        stream += damaged(
          Array(SampleRecords.all[Int.random(in: 0..<3, using: &random)].utf8), &random)
        stream += Bool.random(using: &random) ? [0x0A] : []
      }
      let chunks = frame(stream, pieces: [stream.count])
      #expect(frame(stream, pieces: [1]) == chunks, "seed \(seed)")
      for chunk in chunks {
        for record in chunk.records {
          let kept = Array(chunk.bytes[record.start..<record.start + record.count])
          #expect(kept == Array(stream[record.offset..<record.offset + record.count]))
        }
        for reject in chunk.rejects {
          let start = reject.position.offset
          #expect(reject.bytes == Array(stream[start..<start + reject.count]))
        }
      }
    }
  }
}
