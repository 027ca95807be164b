/// The numbers that budgets speak of, of one web ACL.
///
/// Names are those of budgets: `new_blocks`, `indeterminate`. A metric of changes counts what is
/// certain or predicted; `possible_…` counts what is only possible as well.
package struct Metrics: Hashable, Sendable {
  /// One kind of change on one route.
  package struct Change: Hashable, Sendable {
    package var kind: FindingKind
    package var rule: String
    /// The path template without method.
    package var path: String
    package var method: String
    package var requests: CertaintyCounts
    /// Stable hashes of the different clients, so that sums over routes count each once; nil
    /// where there are too many to keep, and `clientCount` stands alone.
    package var clients: Set<UInt64>?
    package var clientCount: BlastRadius.Count

    package init(
      kind: FindingKind, rule: String, path: String, method: String, requests: CertaintyCounts,
      clients: Set<UInt64>?, clientCount: BlastRadius.Count
    ) {
      self.kind = kind
      self.rule = rule
      self.path = path
      self.method = method
      self.requests = requests
      self.clients = clients
      self.clientCount = clientCount
    }
  }

  package var changes: [Change]
  /// Requests evaluated.
  package var requests: Int
  package var records: Int
  package var rejects: Int
  /// What the new web ACL does, by the names of budgets: `blocks`, `allows`, `challenges`,
  /// `counts`, `indeterminate`, `possible_blocks`.
  package var totals: [String: Int]

  package init(
    changes: [Change] = [], requests: Int = 0, records: Int = 0, rejects: Int = 0,
    totals: [String: Int] = [:]
  ) {
    self.changes = changes
    self.requests = requests
    self.records = records
    self.rejects = rejects
    self.totals = totals
  }
}
