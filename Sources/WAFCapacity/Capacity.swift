/// Capacity in WCU: what the service probably charges, and what it charges at most.
public struct Capacity: Hashable, Sendable {
  /// In WCU, with each text transformation of a component charged once for a web ACL or a rule
  /// group, however often it is used.
  ///
  /// Source: the author of mdleom.com, 2021 (observed).
  public var estimate: Int
  /// In WCU, everything charged wherever it is used.
  ///
  /// Source: Web ACL capacity units (WCUs) in AWS WAF: the total is equal to or less than the sum
  /// of the rules (documented).
  public var upperBound: Int

  /// Creates a capacity.
  public init(estimate: Int, upperBound: Int) {
    self.estimate = estimate
    self.upperBound = upperBound
  }

  /// Creates a capacity that is not shared with anything.
  public init(_ wcu: Int) {
    self.init(estimate: wcu, upperBound: wcu)
  }

  /// Nothing.
  public static let zero = Capacity(0)

  /// The sum; numbers of documents may be of any size, so that it stops at the largest one.
  public static func + (left: Capacity, right: Capacity) -> Capacity {
    Capacity(
      estimate: sum(left.estimate, right.estimate),
      upperBound: sum(left.upperBound, right.upperBound))
  }

  /// Adds a capacity.
  public static func += (left: inout Capacity, right: Capacity) {
    left = left + right
  }

  private static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, isOverflow) = left.addingReportingOverflow(right)
    return isOverflow ? .max : sum
  }
}
