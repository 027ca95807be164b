import CHyperscan

/// What Hyperscan says about a pattern.
enum Hyperscan {
  /// Why the pattern is refused; `nil` where it is taken.
  ///
  /// - Parameter allowsEmpty: whether patterns that match the empty string are taken.
  static func refusal(of pattern: String, allowsEmpty: Bool) -> String? {
    var database: OpaquePointer?
    var failure: UnsafeMutablePointer<hs_compile_error_t>?
    let flags = allowsEmpty ? UInt32(HS_FLAG_ALLOWEMPTY) : 0
    let code = hs_compile(
      pattern, flags, UInt32(HS_MODE_BLOCK), nil, &database, &failure)
    defer {
      if database != nil { hs_free_database(database) }
      if failure != nil { hs_free_compile_error(failure) }
    }
    guard code != HS_SUCCESS else { return nil }
    return failure.map { String(cString: $0.pointee.message) } ?? "error \(code)"
  }
}
