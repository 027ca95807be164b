import Bytes
import Findings
import Synchronization
import WAFEngine
import WAFProgram
import WAFReplay
import WAFRequests

/// Decodes, compares and counts; one task uses it at a time.
final class ComparisonWorker<Decoder: RecordDecoder>: BatchProcessor {
  private let state: Mutex<State>

  init(
    _ run: ComparisonRun, _ decoder: Decoder, _ rates: ComparisonRates, keepsRejects: Bool
  ) {
    state = Mutex(State(run, decoder, rates, keepsRejects: keepsRejects))
  }

  func process(
    _ batch: RecordBatch, firstOrdinal: Int
  ) throws(CancellationError) -> ComparedBatch {
    try state.withLock { state throws(CancellationError) in
      try state.process(batch, firstOrdinal: firstOrdinal)
    }
  }

  /// This worker's part of the report.
  var report: ComparisonReport { state.withLock { $0.report } }

  private struct State: ~Copyable {
    let decoder: Decoder
    let rates: ComparisonRates
    let keepsRejects: Bool
    let pair: ProgramPair
    let oldIndex: ReportIndex
    let newIndex: ReportIndex
    let oldARN: [UInt8]
    var evaluator: PairEvaluator
    var request = SummarizedRequest()
    var report: ComparisonReport

    init(
      _ run: ComparisonRun, _ decoder: Decoder, _ rates: ComparisonRates, keepsRejects: Bool
    ) {
      self.decoder = decoder
      self.rates = rates
      self.keepsRejects = keepsRejects
      pair = run.pair
      oldIndex = ReportIndex(run.pair.old)
      newIndex = ReportIndex(run.pair.new)
      oldARN = Array(run.pair.old.webACLARN.utf8)
      evaluator = PairEvaluator(run.pair, addresses: run.addresses)
      report = ComparisonReport(run.pair)
    }

    mutating func process(
      _ batch: RecordBatch, firstOrdinal: Int
    ) throws(CancellationError) -> ComparedBatch {
      var result = ComparedBatch()
      for (number, record) in batch.records.enumerated() {
        if number & 63 == 0, Task.isCancelled { throw CancellationError() }
        let position = RecordPosition(file: batch.file, offset: record.offset)
        let bytes = batch.bytes.span.extracting(record.bounds)
        do throws(RejectReason) {
          try decoder.decode(
            bytes, format: batch.format, position: position, into: &request.record)
        } catch {
          reject(
            RejectedRecord(bytes, at: position, reason: error, keepsAll: keepsRejects),
            into: &result)
          continue
        }
        request.record.position = position
        setRates(ordinal: firstOrdinal + number)
        compare()
        result.evaluated += 1
      }
      for reject in batch.rejects { self.reject(reject, into: &result) }
      result.rejects.sort { $0.position < $1.position }
      return result
    }

    private mutating func reject(_ reject: RejectedRecord, into result: inout ComparedBatch) {
      result.rejected += 1
      report.new.addReject(reject)
      if keepsRejects { result.rejects.append(reject) }
    }

    private mutating func setRates(ordinal: Int) {
      guard rates.old != nil || rates.new != nil else { return }
      let rates = rates
      evaluator.setRates(
        old: { rates.old?.finding($0, ordinal: ordinal) ?? .none },
        new: { rates.new?.finding($0, ordinal: ordinal) ?? .none })
    }

    // MARK: One request

    private mutating func compare() {
      let compared = evaluator.compare(request.record)
      var needs: [Need] = []
      var openRules: [OpenRule] = []
      if compared.new.certainty == .indeterminate {
        (needs, openRules) = evaluator.needs(for: compared.new, request.record)
      }
      request.summarize(
        compared.new, rule: newIndex.names[newIndex.place(of: compared.new)])
      report.new.add(
        request, compared.new, evaluator.newDetails, needs: needs, openRules: openRules,
        index: newIndex)
      report.oldOutcomes.add(compared.old, isCounted: evaluator.oldDetails.hasCount)
      if compared.new.top != nil || evaluator.newDetails.hasCount { report.matched += 1 }
      addMismatch(compared)
      guard compared.change != nil || !compared.counts.isEmpty else { return }
      addChanges(compared, needs, openRules)
    }

    private mutating func addChanges(
      _ compared: ComparedRequest, _ needs: [Need], _ openRules: [OpenRule]
    ) {
      var isPredicted = false
      if let change = compared.change {
        isPredicted =
          change.certainty != .indeterminate || change.kind == .newlyIndeterminate
        let oldRule = pair.old.rulePath(of: compared.old)
        let newRule = pair.new.rulePath(of: compared.new)
        let rule: String
        switch change.kind {
        case .newlyAllowed: rule = oldRule
        case .newlyBlocked, .newlyChallenged, .ruleChanged: rule = newRule
        case .newlyIndeterminate:
          rule = openRules.first.map { newIndex.names[newIndex.place(of: $0)] } ?? newRule
        }
        add(
          change.kind.finding, rule: rule,
          // A request that is not decided any more is one for certain.
          change.kind == .newlyIndeterminate ? Certainty(compared.old.level) : change.certainty,
          otherRule: change.kind == .newlyAllowed ? newRule : oldRule,
          needs: change.certainty == .indeterminate ? needs : [], compared)
        // What it may be is told as possible.
        if change.kind == .newlyIndeterminate {
          for kind in Change.Kind.allCases
          where change.possible.contains(kind) && kind != .ruleChanged {
            report.totals[kind.finding, default: CertaintyCounts()].possible += 1
          }
        }
      }
      for count in compared.counts {
        let (index, kind): (ReportIndex, FindingKind) =
          count.isNew ? (newIndex, .newlyCounted) : (oldIndex, .noLongerCounted)
        let rule: String
        switch count.rule {
        case .rule(let place): rule = index.names[index.place(of: .rule(place))]
        case .top(let top): rule = index.names[index.place(of: .group(top: top))]
        }
        if count.certainty != .indeterminate { isPredicted = true }
        add(kind, rule: rule, count.certainty, otherRule: "", needs: [], compared)
      }
      if isPredicted { report.changed += 1 } else { report.possiblyChanged += 1 }
    }

    private mutating func add(
      _ kind: FindingKind, rule: String, _ certainty: Certainty, otherRule: String,
      needs: [Need], _ compared: ComparedRequest
    ) {
      report.totals[kind, default: CertaintyCounts()].add(certainty)
      let key = ChangeUnit.key(kind, rule, request.keys.route)
      var evidence: [String] = []
      for need in needs where !evidence.contains(need.evidence) { evidence.append(need.evidence) }
      let position = request.position
      var wantsExample = false
      report.changes.update(key.span) { tally in
        tally.add(request, certainty, otherRule: otherRule, needs: evidence)
        wantsExample = tally.examples.wants(position)
      }
      guard wantsExample else { return }
      let example = changed(compared, certainty, rule: rule, isOld: kind.isOfOldRule)
      report.changes.update(key.span) { $0.insert(example) }
    }

    private mutating func changed(
      _ compared: ComparedRequest, _ certainty: Certainty, rule: String, isOld: Bool
    ) -> ChangedRequest {
      ChangedRequest(
        example: request.makeExample(), oldActions: compared.old.possible.actions,
        oldRule: pair.old.rulePath(of: compared.old), certainty: certainty,
        matches: evaluator.trace(ofOld: isOld, request.record).matches(of: rule))
    }

    /// Holds the old verdict against what the service did.
    private mutating func addMismatch(_ compared: ComparedRequest) {
      guard compared.old.certainty != .indeterminate, !request.record.recorded.isPrediction,
        isRecordedUnderOldACL, let recorded = recordedAction
      else { return }
      report.mismatches.compared += 1
      guard recorded != compared.old.action else { return }
      report.mismatches.disagreeing += 1
      guard report.mismatches.first.wants(request.position) else { return }
      report.mismatches.first.insert(
        ChangedRequest(
          example: request.makeExample(), oldActions: compared.old.possible.actions,
          oldRule: pair.old.rulePath(of: compared.old), certainty: compared.old.certainty,
          matches: ["the service did \(recorded.logName)"]))
    }

    private var isRecordedUnderOldACL: Bool {
      let record = request.record.webACLARN
      guard !record.isEmpty, !oldARN.isEmpty else { return false }
      return request.record.storage.span.extracting(record.bounds).equals(oldARN.span)
    }

    private var recordedAction: Action? {
      let range = request.record.recorded.action
      guard !range.isEmpty else { return nil }
      let name = request.record.storage.span.extracting(range.bounds)
      for (action, spelled) in recordedActions where name.equals(spelled.span) { return action }
      return nil
    }
  }
}

/// What became of one batch.
struct ComparedBatch: BatchOutcome {
  var rejects: [RejectedRecord] = []
  var evaluated = 0
  var rejected = 0
}

extension Change.Kind {
  var finding: FindingKind {
    switch self {
    case .newlyBlocked: .newlyBlocked
    case .newlyChallenged: .newlyChallenged
    case .newlyAllowed: .newlyAllowed
    case .newlyIndeterminate: .newlyIndeterminate
    case .ruleChanged: .ruleChanged
    }
  }
}

extension FindingKind {
  /// Whether the rule responsible is one of the old web ACL.
  var isOfOldRule: Bool { self == .newlyAllowed || self == .noLongerCounted }
}

/// The actions as logs spell them.
private let recordedActions = Action.allCases.map { ($0, Array($0.logName.utf8)) }
