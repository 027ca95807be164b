package import ReportText
import WAFEngine
import WAFProgram

extension Explanation {
  /// The version of the JSON form: raised when a reader could misunderstand it.
  package static let schema = "wafcast.explanation/1"

  /// The explanation as JSON; the trace is complete.
  package var json: JSONValue {
    var members: [JSONMember] = []
    members.add("schema", Self.schema)
    members.add("webACL", webACLName)
    members.add("request", request.json)
    members.add("action", action.logName)
    members.add("certainty", certainty.name)
    members.add("possible", .strings(possible.map(\.logName)))
    members.add("rule", rule)
    members.add("responseCode", ifPresent: responseCode)
    if let response { members.add("response", response.json) }
    if !insertedHeaders.isEmpty {
      members.add("insertedHeaders", .array(insertedHeaders.map(\.json)))
    }
    members.add("fidelity", ifPresent: fidelity)
    members.add("labels", .strings(labels))
    members.add(
      "needs",
      .array(
        needs.map {
          .object([
            JSONMember("evidence", .string($0.evidence)), JSONMember("rule", .string($0.rule)),
          ])
        }))
    members.add("open", .strings(open))
    members.add("assumptions", .strings(assumptions))
    members.add("steps", .array(trace.steps.map(\.json)))
    members.add("notReached", .strings(trace.unreached))
    members.add("defaultAction", defaultAction.logName)
    members.add("stamp", ifPresent: stamp.isEmpty ? nil : stamp)
    return .object(members)
  }
}

extension ExplainedRequest {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("method", method)
    members.add("target", target)
    members.add("host", ifPresent: host)
    members.add("client", ifPresent: client)
    members.add("country", ifPresent: country)
    members.add("requestId", ifPresent: requestID)
    return .object(members)
  }
}

extension TraceStep {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("subject", subject.rawValue)
    members.add("rule", rule)
    members.add("action", ifPresent: action?.logName)
    members.add("ownAction", ifPresent: ownAction?.logName)
    members.add("outcome", outcome.rawValue)
    members.add("statement", statement.json)
    members.add("labels", .strings(labels))
    if let gate { members.add("gate", gate.json) }
    if !handling.insertedHeaders.isEmpty {
      members.add("insertedHeaders", .array(handling.insertedHeaders.map(\.json)))
    }
    if let response = handling.response { members.add("response", response.json) }
    return .object(members)
  }
}

extension TraceGate {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("asksFor", evidence)
    members.add("client", outcome.rawValue)
    if outcome != .unknown { members.add("evidence", level.name) }
    members.add("finding", finding)
    members.add("immunitySeconds", ifPresent: immunitySeconds)
    members.add("tokenAgeSeconds", ifPresent: tokenAgeSeconds)
    return .object(members)
  }
}

extension TraceHeader {
  fileprivate var json: JSONValue {
    .object([JSONMember("name", .string(name)), JSONMember("value", .string(value))])
  }
}

extension TraceResponse {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("status", status)
    members.add("headers", .array(headers.map(\.json)))
    if let body {
      members.add("contentType", contentType)
      members.add("body", body)
    }
    return .object(members)
  }
}

extension TraceStatement {
  fileprivate var json: JSONValue {
    switch self {
    case .leaf(let leaf): leaf.json
    case .and(let parts): .object([JSONMember("and", .array(parts.map(\.json)))])
    case .or(let parts): .object([JSONMember("or", .array(parts.map(\.json)))])
    case .not(let part): .object([JSONMember("not", part.json)])
    }
  }
}

extension TraceLeaf {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("condition", title)
    members.add("component", component)
    members.add("outcome", outcome.rawValue)
    if outcome != .unknown { members.add("evidence", level.name) }
    members.add("reason", ifPresent: reason)
    if let match { members.add("match", match.json) }
    if !branches.isEmpty { members.add("branches", .array(branches.map(\.json))) }
    if let rate { members.add("rate", rate.json) }
    return .object(members)
  }
}

extension TraceRate {
  fileprivate var json: JSONValue {
    var members: [JSONMember] = []
    members.add("limit", limit)
    members.add("windowSeconds", windowSeconds)
    members.add("keys", .strings(keys))
    members.add("hasKey", hasKey.rawValue)
    if let scopeDown { members.add("scopeDown", scopeDown.json) }
    return .object(members)
  }
}

extension TraceBranch {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("fidelity", .string(fidelity)),
      JSONMember("looksFor", .string(looksFor)),
      JSONMember("outcome", .string(outcome.rawValue)),
      JSONMember("statement", statement.json),
    ])
  }
}

extension TraceMatch {
  /// The value is text where it is UTF-8; bytes that are not are shown as `\xFF`, and `isText` says
  /// so.
  fileprivate var json: JSONValue {
    let range = matched.clamped(to: 0..<value.count)
    var members: [JSONMember] = []
    if !name.isEmpty { members.add("name", name) }
    let text = String(validating: value, as: UTF8.self)
    members.add("value", text ?? shown(value))
    if text == nil { members.add("isText", .bool(false)) }
    members.add(
      "matched", .array([.integer(range.lowerBound), .integer(range.upperBound)]))
    members.add(
      "matchedText", String(validating: value[range], as: UTF8.self) ?? shown(value[range]))
    members.add("isTransformed", .bool(isTransformed))
    if let detection { members.add("detection", detection.json) }
    return .object(members)
  }
}

extension TraceDetection {
  fileprivate var json: JSONValue {
    let tokens = tokens.map { token in
      JSONValue.object([
        JSONMember("kind", .string(token.kind)),
        JSONMember(
          "text", .string(String(validating: token.text, as: UTF8.self) ?? shown(token.text))),
      ])
    }
    return .object([
      JSONMember("context", .string(context)), JSONMember("reason", .string(reason)),
      JSONMember("tokens", .array(tokens)),
    ])
  }
}
