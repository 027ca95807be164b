/// One thing that a run has to tell: not of one request, but of all that are alike.
///
/// The unit of a change is (web ACL, rule, kind, method and path template). Texts that come from
/// requests are hostile: whoever prints them escapes them. Secrets are masked already.
package struct Finding: Hashable, Sendable {
  /// Where in the repository it is to be shown.
  package struct Location: Hashable, Sendable {
    /// As the user gave it, `/` between folders.
    package var file: String
    /// From 1; nil where the file as a whole is meant.
    package var line: Int?
    package var column: Int?

    package init(file: String, line: Int? = nil, column: Int? = nil) {
      self.file = file
      self.line = line
      self.column = column
    }
  }

  /// One of its requests, to look at.
  package struct Example: Hashable, Sendable {
    /// Where the record stands: `logs/a.ndjson, byte 1234`.
    package var position: String
    /// `httpRequest.requestId`; empty when not recorded.
    package var requestID: String
    /// Milliseconds since 1970-01-01 UTC.
    package var timestamp: Int64?
    /// `POST /checkout?token=***`, with the method first.
    package var request: String
    package var host: String
    /// The client's address; empty when not recorded.
    package var client: String
    /// What each side does: `ALLOW`, `BLOCK`; several where it is not decided.
    package var oldActions: [String]
    package var newActions: [String]
    /// The rule that ends it on each side.
    package var oldRule: String
    package var newRule: String
    package var certainty: String
    /// What matched, in words, with the bytes: `body contains "<script"`.
    package var matches: [String]

    package init(
      position: String, requestID: String = "", timestamp: Int64? = nil, request: String,
      host: String = "", client: String = "", oldActions: [String] = [], newActions: [String],
      oldRule: String = "", newRule: String, certainty: String, matches: [String] = []
    ) {
      self.position = position
      self.requestID = requestID
      self.timestamp = timestamp
      self.request = request
      self.host = host
      self.client = client
      self.oldActions = oldActions
      self.newActions = newActions
      self.oldRule = oldRule
      self.newRule = newRule
      self.certainty = certainty
      self.matches = matches
    }
  }

  /// Why a finding does not fail the check.
  package struct Acceptance: Hashable, Sendable {
    package enum Source: String, Hashable, Sendable {
      case suppression
      case baseline
    }

    package var source: Source
    package var reason: String
    package var owner: String
    /// `2026-12-31`; empty for a baseline.
    package var expires: String

    package init(source: Source, reason: String = "", owner: String = "", expires: String = "") {
      self.source = source
      self.reason = reason
      self.owner = owner
      self.expires = expires
    }
  }

  package var kind: FindingKind
  package var severity: FindingSeverity
  /// Whether it fails the run.
  package var isFailing: Bool
  /// The web ACL's name.
  package var webACL: String
  /// The rule responsible; empty where none is.
  ///
  /// The name in the web ACL, then `/` and the name inside the group. For `newlyAllowed` the rule of the old web ACL that does not stop it any more.
  package var rule: String
  /// Method and path template: `POST /users/{id}`; empty where the finding is of no request.
  package var route: String
  /// What is found where that is no route: a budget's text, a test's name, a file; part of `id`.
  package var subject: String
  /// What is the matter, in a sentence without a full stop at the end.
  package var message: String
  /// More sentences for whoever wants to know.
  package var notes: [String]
  package var location: Location?
  /// Nil where no requests are concerned.
  package var radius: BlastRadius?
  package var examples: [Example]
  /// What would settle what is not decided: `body`, `header:user-agent`.
  package var needs: [String]
  /// What to do about it, ready to paste, by lines; empty where there is nothing.
  package var cure: [String]
  /// Where the cure goes: `acl.json:56, in the ManagedRuleGroupStatement of "common"`.
  package var curePlace: String
  package var acceptance: Acceptance?

  package init(
    kind: FindingKind, severity: FindingSeverity, isFailing: Bool, webACL: String,
    rule: String = "", route: String = "", subject: String = "", message: String,
    notes: [String] = [],
    location: Location? = nil, radius: BlastRadius? = nil, examples: [Example] = [],
    needs: [String] = [], cure: [String] = [], curePlace: String = "",
    acceptance: Acceptance? = nil
  ) {
    self.kind = kind
    self.severity = severity
    self.isFailing = isFailing
    self.webACL = webACL
    self.rule = rule
    self.route = route
    self.subject = subject
    self.message = message
    self.notes = notes
    self.location = location
    self.radius = radius
    self.examples = examples
    self.needs = needs
    self.cure = cure
    self.curePlace = curePlace
    self.acceptance = acceptance
  }

  /// The name of the rule of the web ACL.
  package var topRule: String { String(rule.prefix { $0 != "/" }) }

  /// The name inside the group; empty for a rule of the web ACL.
  package var innerRule: String {
    guard let slash = rule.firstIndex(of: "/") else { return "" }
    return String(rule[rule.index(after: slash)...])
  }
}
