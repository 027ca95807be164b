import WAFProgram
package import WAFRequests

extension PairEvaluator {
  /// The way of the record compared last through one of the web ACLs.
  package mutating func trace(ofOld isOld: Bool, _ record: borrowing RequestRecord) -> Trace {
    if !isOld { exchangeTurns() }
    let trace = tracedWay(record)
    if !isOld { exchangeTurns() }
    return trace
  }
}
