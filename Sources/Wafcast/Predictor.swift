import PredictedRecords
public import WAFEngine
public import WAFProgram
public import WAFRequests

/// What a web ACL would have done with one request, in words.
public struct Prediction: Hashable, Sendable {
  /// What becomes of the request.
  public var action: Action
  /// How far that can be trusted.
  public var certainty: Certainty
  /// The actions that the recording leaves possible; more than one where it is indeterminate.
  public var possible: [Action]
  /// The rule that decides: its name in the web ACL, then `/` and its name inside the group;
  /// `Default_Action` for the default action.
  public var rule: String
  /// The fully qualified labels that the request carries at the end, in the order they came on.
  public var labels: [String]
  /// The status that the service answers with; nil where the request goes to the resource.
  public var status: Int?
  /// How good the approximation of a deciding managed rule is: `exact`, `high`, `medium`, `low`.
  public var fidelity: String?
  /// What would settle an indeterminate prediction.
  public var needs: [Need]
  /// The fields of the log record that other worlds fill otherwise, by their names in the log.
  public var open: [String]
  /// The named assumptions that the prediction rests on.
  public var assumptions: [String]
}

/// Runs a compiled web ACL over requests, one at a time.
///
/// A predictor belongs to one thread; it keeps scratch memory from request to request.
public struct Predictor: ~Copyable {
  private var evaluator: Evaluator

  /// A predictor for `webACL`.
  public init(_ webACL: CompiledWebACL) {
    evaluator = Evaluator(webACL.program, addresses: webACL.addresses)
  }

  /// What the web ACL would have done with `record`.
  public mutating func evaluate(_ record: borrowing RequestRecord) -> Prediction {
    let verdict = evaluator.evaluate(record)
    return evaluator.prediction(verdict, record)
  }

  /// The same, and the way through the web ACL: each rule with its evidence.
  public mutating func explain(
    _ record: borrowing RequestRecord
  ) -> (prediction: Prediction, trace: Trace) {
    let verdict = evaluator.evaluate(record)
    let prediction = evaluator.prediction(verdict, record)
    return (prediction, evaluator.trace(record))
  }

  /// The AWS WAF log record that the service would have written for `record`: a line of JSON.
  ///
  /// - Parameters:
  ///   - record: the request.
  ///   - showsSecrets: whether cookies, tokens and credentials are kept.
  public mutating func predictedRecord(
    _ record: borrowing RequestRecord, showsSecrets: Bool = false
  ) -> [UInt8] {
    let verdict = evaluator.evaluate(record)
    var details = VerdictDetails()
    evaluator.copyDetails(for: verdict, into: &details)
    evaluator.noteMatchDetails(for: verdict, record, into: &details)
    var writer = PredictedRecordWriter(evaluator.program, masksSecrets: !showsSecrets)
    var line: [UInt8] = []
    writer.append(
      record, verdict, details, needs: evaluator.needs(for: verdict, record), to: &line)
    return line
  }
}

extension Evaluator {
  /// The prediction that goes with `verdict`, the last one evaluated.
  mutating func prediction(
    _ verdict: Verdict, _ record: borrowing RequestRecord
  ) -> Prediction {
    // Labels and assumptions first: the pass for needs walks the rules once more.
    let labels = labelTexts(record)
    let assumptions = assumptions(for: verdict)
    return Prediction(
      action: verdict.action, certainty: verdict.certainty, possible: verdict.possible.actions,
      rule: program.rulePath(of: verdict), labels: labels,
      status: verdict.status, fidelity: verdict.fidelity?.name,
      needs: needs(for: verdict, record), open: verdict.open.names,
      assumptions: assumptions)
  }
}

extension Verdict {
  /// The status that the service answers with; nil where the request goes to the resource.
  ///
  /// Source: "Using rule actions" of the developer guide (documented).
  package var status: Int? {
    switch action {
    case .allow, .count: nil
    case .block: responseCode == 0 ? 403 : Int(responseCode)
    case .captcha: 405
    case .challenge: 202
    case .monetize: 402
    }
  }
}
