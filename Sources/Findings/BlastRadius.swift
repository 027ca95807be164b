/// Whom a finding concerns.
package struct BlastRadius: Hashable, Sendable {
  /// A count that may be an estimate.
  package struct Count: Hashable, Sendable {
    package var value: Int
    package var isExact: Bool

    package init(_ value: Int, isExact: Bool = true) {
      self.value = value
      self.isExact = isExact
    }
  }

  /// One value of a request with the number of requests that have it.
  package struct Share: Hashable, Sendable {
    /// From the request: hostile text.
    package var value: String
    package var requests: Int

    package init(_ value: String, requests: Int) {
      self.value = value
      self.requests = requests
    }
  }

  /// The most frequent values of one property.
  package struct Shares: Hashable, Sendable {
    /// Largest first, of equal ones by value.
    package var top: [Share]
    /// How many different values there are.
    package var distinct: Count

    package init(_ top: [Share] = [], distinct: Count = Count(0)) {
      self.top = top
      self.distinct = distinct
    }
  }

  package var requests: CertaintyCounts
  /// Different client addresses.
  package var clients: Count
  package var paths: Shares
  package var methods: Shares
  package var hosts: Shares
  /// ISO 3166-1 codes; `-` for undetermined.
  package var countries: Shares
  /// User-agent families, such as `Chrome`, `curl`, `Googlebot`.
  package var agents: Shares
  /// Milliseconds since 1970-01-01 UTC.
  package var firstSeen: Int64?
  package var lastSeen: Int64?

  package init(
    requests: CertaintyCounts = CertaintyCounts(), clients: Count = Count(0),
    paths: Shares = Shares(), methods: Shares = Shares(), hosts: Shares = Shares(),
    countries: Shares = Shares(), agents: Shares = Shares(), firstSeen: Int64? = nil,
    lastSeen: Int64? = nil
  ) {
    self.requests = requests
    self.clients = clients
    self.paths = paths
    self.methods = methods
    self.hosts = hosts
    self.countries = countries
    self.agents = agents
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
  }
}
