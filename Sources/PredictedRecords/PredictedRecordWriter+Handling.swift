import Bytes
import NativeRecords
import WAFEngine
import WAFProgram
import WAFRequests

// What rules do beside letting a request through or not: headers, tokens, rates.

extension PredictedRecordWriter {
  /// The headers that matching rules insert into a request that is forwarded.
  ///
  /// Of two with the same name (case ignored) the later one counts. Source: "Inserting custom
  /// request headers" of the developer guide (documented).
  func appendInsertedHeaders(
    _ record: borrowing RequestRecord, _ verdict: Verdict, _ details: VerdictDetails,
    to line: inout [UInt8]
  ) {
    line.append(",\"requestHeadersInserted\":")
    guard verdict.action == .allow, program.insertsHeaders else {
      line.append("null")
      return
    }
    var headers: [TemplateHeader] = []
    for event in details.events {
      for header in handling(of: event).inserted { Self.insert(header, into: &headers) }
    }
    let last =
      verdict.top == nil
      ? program.defaultHandling : verdict.rule.map { program.ruleInfo[$0.position].handling }
    for header in last?.inserted ?? [] { Self.insert(header, into: &headers) }
    guard !headers.isEmpty else {
      line.append("null")
      return
    }
    for (index, header) in headers.enumerated() {
      line.append(index == 0 ? "[{\"name\":" : ",{\"name\":")
      line.appendJSON(header.name)
      line.append(",\"value\":")
      line.appendJSON(text(of: header.value, record, details))
      line.append("}")
    }
    line.append("]")
  }

  /// What a rule that let the evaluation go on adds to the request.
  private func handling(of event: WalkEvent) -> CustomHandling {
    switch event {
    case .innerCount(let rule): program.ruleInfo[rule.position].handling
    case .topCount(let top) where program.topRules[top].kind.isGroup:
      program.topRules[top].countHandling
    case .topCount(let top):
      program.ruleInfo[program.topRules[top].rules.lowerBound].handling
    case .groupEvaluated, .innerTerminating: .none
    }
  }

  private static func insert(_ header: TemplateHeader, into headers: inout [TemplateHeader]) {
    let name = header.name.lowercased()
    headers.removeAll { $0.name.lowercased() == name }
    headers.append(header)
  }

  /// The custom answer of a block, with labels filled in; nil for a plain one.
  private func answer(_ verdict: Verdict) -> CustomAnswer? {
    guard verdict.action == .block else { return nil }
    guard let rule = verdict.rule else {
      return verdict.top == nil ? program.defaultHandling.answer : nil
    }
    return program.ruleInfo[rule.position].handling.answer
  }

  /// `wafcast.response`: what the client gets of a custom response, for which the log has no member.
  func appendResponse(
    _ record: borrowing RequestRecord, _ verdict: Verdict, _ details: VerdictDetails,
    to line: inout [UInt8]
  ) {
    guard let answer = answer(verdict), !answer.headers.isEmpty || answer.body != nil else {
      return
    }
    line.append(",\"response\":{\"headers\":[")
    for (index, header) in answer.headers.enumerated() {
      line.append(index == 0 ? "{\"name\":" : ",{\"name\":")
      line.appendJSON(header.name)
      line.append(",\"value\":")
      line.appendJSON(text(of: header.value, record, details))
      line.append("}")
    }
    line.append("]")
    if let body = answer.body {
      line.append(",\"contentType\":")
      line.appendJSON(answer.contentType)
      line.append(",\"body\":")
      line.appendJSON(text(of: body, record, details))
    }
    line.append("}")
  }

  /// A template with the labels at the end of the evaluation.
  private func text(
    of template: LabelTemplate, _ record: borrowing RequestRecord, _ details: VerdictDetails
  ) -> String {
    template.text(labels: template.isDynamic ? labelTexts(details) : [], record)
  }

  private func labelTexts(_ details: VerdictDetails) -> [String] {
    details.labels.map { label in
      switch label {
      case .label(let index): program.labels[index]
      case .text(let range): String(decoding: details.texts[range.bounds], as: UTF8.self)
      }
    }
  }

  // MARK: Tokens

  /// `captchaResponse` and `challengeResponse`: of each kind the last application.
  func appendTokenResponses(
    _ record: borrowing RequestRecord, _ verdict: Verdict, _ details: VerdictDetails,
    to line: inout [UInt8]
  ) {
    for action in [Action.captcha, .challenge] {
      let isStopped = verdict.action == action
      guard isStopped || hasPassed(action, details) else { continue }
      let evidence = action == .captcha ? record.captcha : record.challenge
      line.append(action == .captcha ? ",\"captchaResponse\":" : ",\"challengeResponse\":")
      line.append("{\"responseCode\":")
      let code = isStopped ? Int(action.loggedCode(custom: 0)) : 0
      line.append(contentsOf: String(code).utf8)
      if let solved = evidence.solveTimestamp {
        line.append(",\"solveTimestamp\":")
        line.append(contentsOf: String(solved).utf8)
      } else if isStopped {
        line.append(",\"solveTimestamp\":0")
      }
      if isStopped, let reason = Self.failureReason(evidence, isOpen: isOpen(action, verdict)) {
        line.append(",\"failureReason\":\"")
        line.append(contentsOf: reason.utf8)
        line.append("\"")
      }
      line.append("}")
    }
  }

  /// Why a token was refused: a good one only for its age, and of a token that the record has no word
  /// about it is certain only that there is none.
  private static func failureReason(_ evidence: TokenEvidence, isOpen: Bool) -> String? {
    switch evidence.finding {
    case .valid: "TOKEN_EXPIRED"
    case .notRecorded: isOpen ? nil : "TOKEN_MISSING"
    case .missing, .expired, .invalid, .domainMismatch: evidence.failureReason
    }
  }

  private func isOpen(_ action: Action, _ verdict: Verdict) -> Bool {
    verdict.open.contains(action == .captcha ? .captchaResponse : .challengeResponse)
  }

  private func hasPassed(_ action: Action, _ details: VerdictDetails) -> Bool {
    details.events.contains { event in
      switch event {
      case .innerCount(let rule): program.rules[rule.position].action == action
      case .topCount(let top) where !program.topRules[top].kind.isGroup:
        program.rules[program.topRules[top].rules.lowerBound].action == action
      case .topCount, .groupEvaluated, .innerTerminating: false
      }
    }
  }

  // MARK: Rates

  /// The rate-based rules that limited the request.
  func appendRateBasedRuleList(
    _ details: VerdictDetails, _ verdict: Verdict, to line: inout [UInt8]
  ) {
    line.append(",\"rateBasedRuleList\":[")
    var isFirst = true
    for rate in program.rates where !rate.isManaged && hasLimited(rate, details, verdict) {
      if !isFirst { line.append(",") }
      isFirst = false
      line.append("{\"rateBasedRuleId\":")
      line.append(contentsOf: texts.ruleNames[rate.rule])
      line.append(",\"rateBasedRuleName\":")
      line.append(contentsOf: texts.ruleNames[rate.rule])
      line.append(",\"limitKey\":\"")
      line.append(contentsOf: limitKey(rate).utf8)
      line.append("\",\"maxRateAllowed\":")
      line.append(contentsOf: String(rate.limit).utf8)
      line.append(",\"evaluationWindowSec\":")
      line.append(contentsOf: String(rate.windowSeconds).utf8)
      line.append("}")
    }
    line.append("]")
  }

  private func hasLimited(_ rate: RateRule, _ details: VerdictDetails, _ verdict: Verdict) -> Bool {
    if verdict.rule?.position == rate.rule { return true }
    let top = Int(program.rules[rate.rule].top)
    return details.events.contains { event in
      switch event {
      case .innerCount(let rule), .innerTerminating(let rule): rule.position == rate.rule
      case .topCount(let counted): counted == top && !program.topRules[top].kind.isGroup
      case .groupEvaluated: false
      }
    }
  }

  private func limitKey(_ rate: RateRule) -> String {
    guard rate.keys.count == 1, case .address(let source)? = rate.keys.first else {
      return rate.keys.isEmpty ? "CONSTANT" : "CUSTOMKEYS"
    }
    return source == 0 ? "IP" : "FORWARDED_IP"
  }
}
