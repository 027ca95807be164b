import Synchronization
import Testing
import WAFReplay
import WAFRequests

struct BatchLoopTests {
  struct Broken: Error {}

  /// Batches of so many records; then the source breaks, or ends.
  struct Numbers: RecordSource {
    var counts: [Int]
    var breaks = false
    private var next = 0

    init(_ counts: [Int], breaks: Bool = false) {
      self.counts = counts
      self.breaks = breaks
    }

    mutating func nextBatch() throws -> RecordBatch? {
      guard next < counts.count else {
        if breaks { throw Broken() }
        return nil
      }
      defer { next += 1 }
      let record = RecordBatch.Record(bounds: 0..<1, offset: next)
      return RecordBatch(
        file: 0, bytes: [UInt8(truncatingIfNeeded: next)],
        records: .init(repeating: record, count: counts[next]))
    }
  }

  struct Seen: BatchOutcome, Equatable {
    var batch: Int
    var firstOrdinal: Int
    var evaluated: Int
    var rejected = 0
  }

  /// Takes its time with some batches, and sees that nobody uses it at the same time.
  final class Slow: BatchProcessor {
    private let inUse = Mutex(false)

    func process(_ batch: RecordBatch, firstOrdinal: Int) throws(CancellationError) -> Seen {
      inUse.withLock { isUsed in
        #expect(!isUsed)
        isUsed = true
      }
      defer { inUse.withLock { $0 = false } }
      let number = Int(batch.bytes[0])
      var sum = number
      if number % 3 == 0 { for step in 0..<200_000 { sum = sum &* 31 &+ step } }
      #expect(sum != .min)
      return Seen(batch: number, firstOrdinal: firstOrdinal, evaluated: batch.records.count)
    }
  }

  private static let counts = (0..<60).map { $0 * 7 % 11 }

  /// What is to be seen of `counts`, in order.
  private var expected: [Seen] {
    var ordinal = 0
    return Self.counts.enumerated().map { number, count in
      defer { ordinal += count }
      return Seen(batch: number, firstOrdinal: ordinal, evaluated: count)
    }
  }

  @Test(arguments: [1, 2, 8])
  func outcomesComeInTheOrderOfTheInput(workers: Int) async throws {
    var seen: [Seen] = []
    var progress: [ReplayProgress] = []
    try await BatchLoop().run(
      over: Numbers(Self.counts), (0..<workers).map { _ in Slow() },
      deliver: { seen.append($0) }, report: { progress.append($0) })
    #expect(seen == expected)
    #expect(progress.count == Self.counts.count)
    #expect(progress.last?.evaluated == Self.counts.reduce(0, +))
    #expect(progress.last?.bytes == Self.counts.count)
  }

  @Test(arguments: [1, 2, 8])
  func whatCameBeforeABreakIsDelivered(workers: Int) async throws {
    var seen: [Seen] = []
    await #expect(throws: Broken.self) {
      try await BatchLoop().run(
        over: Numbers(Self.counts, breaks: true), (0..<workers).map { _ in Slow() },
        deliver: { seen.append($0) }, report: { _ in })
    }
    #expect(seen == expected)
  }
}
