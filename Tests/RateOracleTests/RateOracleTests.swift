import Foundation
import TestSupport
import Testing
import WAFProgram
import WAFReplay
import WAFRequests

/// Records in memory; the bytes of each are its place.
private struct IndexedSource: RecordSource {
  let count: Int
  var batchSize: Int
  private var next = 0

  init(count: Int, batchSize: Int) {
    self.count = count
    self.batchSize = batchSize
  }

  mutating func nextBatch() throws -> RecordBatch? {
    guard next < count else { return nil }
    var batch = RecordBatch(file: 0, bytes: [], records: [])
    for place in next..<min(count, next + batchSize) {
      let start = batch.bytes.count
      batch.bytes += Array(String(place).utf8)
      batch.records.append(.init(bounds: start..<batch.bytes.count, offset: place))
    }
    next += batchSize
    return batch
  }

  func restarted() throws -> IndexedSource { IndexedSource(count: count, batchSize: batchSize) }
}

private struct IndexedDecoder: RecordDecoder {
  let records: [RequestRecord]

  func decode(
    _ bytes: Span<UInt8>, format: UInt8, position: RecordPosition, into record: inout RequestRecord
  ) throws(RejectReason) {
    var place = 0
    for index in bytes.indices { place = place * 10 + Int(bytes[index] - 0x30) }
    record = records[place]
  }
}

private final class Lines {
  var bytes: [UInt8] = []
}

/// A corpus that some seed gives.
private struct Corpus {
  let acl: OracleACL
  let requests: [OracleRequest]
  let program: Program
  let records: [RequestRecord]

  init(seed: UInt64, isComplete: Bool) throws {
    var generator = OracleGenerator(seed: seed, isComplete: isComplete)
    (acl, requests) = generator.corpus()
    program = acl.program
    records = try requests.map { try $0.record }
  }

  func predictions(
    workers: Int = 1, batchSize: Int = 16, entriesInMemory: Int = 1 << 20
  ) async throws -> [UInt8] {
    var options = ReplayOptions(workers: workers, writesPredictions: true)
    options.rateEntriesInMemory = entriesInMemory
    let lines = Lines()
    _ = try await ReplayRun(program, options: options).report(
      on: IndexedSource(count: records.count, batchSize: batchSize),
      decoder: IndexedDecoder(records: records),
      to: ReplaySinks(predictions: { lines.bytes += $0 }))
    return lines.bytes
  }

  func fates() async throws -> [RateOracle.Fate] {
    try await predictions().split(separator: 0x0A).map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      let wafcast = object?["wafcast"] as? [String: Any]
      let possible = wafcast?["possible"] as? [String] ?? []
      return RateOracle.Fate(
        certainty: wafcast?["certainty"] as? String ?? "",
        possible: Set(possible.compactMap { OracleACL.Action(rawValue: $0) }))
    }
  }
}

/// How many corpora are tried.
private let corpora = ProcessInfo.processInfo.environment["RATE_CORPORA"].flatMap { Int($0) } ?? 600

struct RateOracleTests {
  @Test(arguments: [true, false])
  func replaysFindWhatTheOracleFinds(isComplete: Bool) async throws {
    var certainties: [String: Int] = [:]
    for seed in 1...UInt64(max(1, corpora / 2)) {
      let corpus = try Corpus(seed: seed, isComplete: isComplete)
      let expected = RateOracle(acl: corpus.acl, requests: corpus.requests).fates()
      let found = try await corpus.fates()
      for fate in found { certainties[fate.certainty, default: 0] += 1 }
      guard found != expected else { continue }
      let place = zip(found, expected).enumerated().first { $0.element.0 != $0.element.1 }
      Issue.record(
        """
        seed \(seed), isComplete \(isComplete): request \(place?.offset ?? -1) of \(found.count)
        found \(place.map { "\($0.element.0)" } ?? "")
        expected \(place.map { "\($0.element.1)" } ?? "")
        \(corpus.acl)
        """)
      return
    }
    // All kinds of verdicts came up; a run of a few corpora need not show that.
    guard corpora >= 100 else { return }
    for name in ["exact", "approximate", "assumed"] + (isComplete ? [] : ["indeterminate"]) {
      #expect(certainties[name, default: 0] > 50, "\(name)")
    }
  }

  @Test(arguments: [true, false])
  func noWorldGivesWhatAReplayExcludes(holdsAssumptions: Bool) async throws {
    var random = SplitMix(state: 5)
    for seed in 1...UInt64(max(1, corpora / 4)) {
      let corpus = try Corpus(seed: seed &+ 1_000_000, isComplete: false)
      let fates = try await corpus.fates()
      for _ in 0..<6 {
        let world = OracleWorld(
          corpus.acl, corpus.requests, holdsAssumptions: holdsAssumptions, &random)
        for (request, action) in world.actions().enumerated() {
          let rests = ["assumed", "indeterminate"].contains(fates[request].certainty)
          guard holdsAssumptions || !rests, !fates[request].possible.contains(action) else {
            continue
          }
          Issue.record(
            "seed \(seed): request \(request) is \(action), not \(fates[request])\n\(corpus.acl)")
          return
        }
      }
    }
  }

  @Test func workersAndSpillingLeaveNoTrace() async throws {
    for seed in 1...UInt64(max(1, corpora / 20)) {
      let corpus = try Corpus(seed: seed &+ 2_000_000, isComplete: false)
      let plain = try await corpus.predictions()
      for (workers, batchSize, entries) in [(2, 3, 1 << 20), (8, 1, 7), (1, 64, 1), (2, 5, 16)] {
        let other = try await corpus.predictions(
          workers: workers, batchSize: batchSize, entriesInMemory: entries)
        #expect(other == plain, "seed \(seed), \(workers) workers, \(entries) entries")
      }
    }
  }
}
