private import CPCRE2
import Synchronization

// PCRE2 judges regular expressions: AWS documents PCRE syntax. One mode everywhere: byte mode, no
// automatic captures, LF as the newline, JIT where the platform has it, fixed limits. So a pattern
// that reaches a limit does so on every run, and the outcome says "gave up", never "no match".
//
// Unsafe code is sound here for three reasons, named below where they are used:
// (1) pointers into Swift memory are passed with their own count and only for the time of a call;
// (2) the C objects are owned by exactly one Swift value, which frees them when it goes;
// (3) a compiled pattern is not written once it is ready: PCRE2 documents that threads may share it,
//     while match data, contexts and JIT stacks belong to one `PatternScratch` each. What makes it
//     ready is done before its first search, by one thread, and no other searches before that.

/// Why a pattern cannot be compiled.
package enum PatternError: Error, Hashable, Sendable {
  /// The pattern has this many bytes, more than ``CompiledPattern/maximumLength``.
  case tooLong(Int)
  /// The pattern is not valid; the offset is that of the byte where reading stopped.
  case syntax(offset: Int, message: String)
  /// PCRE2 could not get memory.
  case outOfMemory
}

/// What looking for a pattern in a value gave.
package enum PatternOutcome: Hashable, Sendable {
  /// The first match, from `start` up to `end`; empty where they are equal.
  case match(start: Int, end: Int)
  /// There is none.
  case noMatch
  /// A limit was reached before there was an answer.
  case gaveUp
}

/// A regular expression ready to be searched for, shared by all workers.
///
/// `@unchecked Sendable`: an immutable wrapper of a C object that threads may share (3).
@safe package final class CompiledPattern: @unchecked Sendable {
  /// The most bytes a pattern may have here.
  ///
  /// AWS's limits are lower and are checked with the document: 512 in the API, 200 by quota.
  package static let maximumLength = 16_384

  /// The pattern as text.
  package let source: String
  /// Whether the pattern has a lookahead or a lookbehind: whether AWS WAF takes it is open (Q19).
  package let hasLookaround: Bool
  /// Whether the pattern has an escaped letter without a meaning, which stands for itself here as
  /// in PCRE 8 and Hyperscan; PCRE2 refuses it, and AWS WAF may too (Q19).
  package let hasLiteralEscape: Bool
  /// Whether the pattern can match the empty string: AWS WAF may refuse it (Q19).
  package let matchesEmptyString: Bool
  /// Whether AWS WAF may refuse the pattern or read it otherwise (Q19): what it finds, or does not
  /// find, is approximate.
  package var isApproximate: Bool { hasLookaround || hasLiteralEscape }

  /// The needles that every match needs, derived when first asked for; nil where there are none.
  package var requiredLiterals: RequiredLiterals? {
    literals.withLock { known in
      if let known { return known }
      let found = RequiredLiterals(of: Array(source.utf8))
      known = found
      return found
    }
  }

  private let code: OpaquePointer
  /// Machine code is made for the first search: most patterns of a web ACL are never searched for,
  /// as their literals do not occur, and making it costs ten times as much as compiling.
  private let isReady: Atomic<Bool>
  private let literals = Mutex<RequiredLiterals??>(nil)
  private let preparation = Mutex<Void>(())

  /// Compiles the pattern `source`.
  ///
  /// What AWS WAF refuses but PCRE2 knows is compiled; see ``findings(inPattern:)``.
  package convenience init(_ source: [UInt8]) throws(PatternError) {
    try self.init(source, allowsJIT: true)
  }

  /// Compiles the pattern `source`; without JIT only where a test wants to compare.
  init(_ source: [UInt8], allowsJIT: Bool) throws(PatternError) {
    guard source.count <= Self.maximumLength else { throw .tooLong(source.count) }
    // Only setting up the compile context may fail for lack of memory without an error code.
    guard let context = unsafe pcre2_compile_context_create_8(nil) else { throw .outOfMemory }
    defer { unsafe pcre2_compile_context_free_8(context) }
    // Build options of the library must not change answers.
    _ = unsafe pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
    _ = unsafe pcre2_set_bsr_8(context, UInt32(PCRE2_BSR_UNICODE))

    var errorCode: CInt = 0
    var errorOffset = 0
    var compiled = unsafe Self.compile(source, context, &errorCode, &errorOffset)
    let isUnknownEscape = unsafe compiled == nil && errorCode == Self.unknownEscape
    if isUnknownEscape {
      _ = unsafe pcre2_set_compile_extra_options_8(
        context, UInt32(PCRE2_EXTRA_BAD_ESCAPE_IS_LITERAL))
      unsafe compiled = Self.compile(source, context, &errorCode, &errorOffset)
    }
    hasLiteralEscape = isUnknownEscape
    guard let compiled = unsafe compiled else {
      throw .syntax(offset: errorOffset, message: Self.message(of: errorCode))
    }
    unsafe code = compiled
    isReady = Atomic(!allowsJIT)
    var matchesEmpty: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_MATCHEMPTY), &matchesEmpty)
    matchesEmptyString = matchesEmpty != 0
    self.source = String(decoding: source, as: UTF8.self)
    var scanner = PatternScanner(source)
    scanner.scan()
    hasLookaround = scanner.hasLookaround
  }

  deinit {
    unsafe pcre2_code_free_8(code)
  }

  /// Makes machine code of the pattern, once; without it, PCRE2 interprets under the same limits.
  private func prepare() {
    // Acquiring: what the preparing thread wrote is seen before the pattern is used.
    guard !isReady.load(ordering: .acquiring) else { return }
    preparation.withLock { _ in
      guard !isReady.load(ordering: .relaxed) else { return }
      _ = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
      isReady.store(true, ordering: .releasing)
    }
  }

  /// `PCRE2_ERROR_UNKNOWN_ESCAPE`: "unrecognized character follows \".
  private static let unknownEscape: CInt = 103

  private static func compile(
    _ source: [UInt8], _ context: OpaquePointer, _ errorCode: inout CInt,
    _ errorOffset: inout Int
  ) -> OpaquePointer? {
    let options = PCRE2_NO_AUTO_CAPTURE | PCRE2_NEVER_UTF | PCRE2_NEVER_UCP
    // The added byte gives the empty pattern an address; it is not part of the pattern (1).
    return unsafe (source + [0]).withUnsafeBufferPointer { bytes in
      unsafe pcre2_compile_8(
        bytes.baseAddress, source.count, options, &errorCode, &errorOffset, context)
    }
  }

  /// The first match in `subject`.
  ///
  /// The search is unanchored; a pattern's own `^`, `\A` and flags apply.
  package func firstMatch(
    in subject: Span<UInt8>, scratch: inout PatternScratch
  ) -> PatternOutcome {
    guard let data = unsafe scratch.data, let context = unsafe scratch.context else {
      return .gaveUp
    }
    prepare()
    let result = unsafe subject.withUnsafeBufferPointer { bytes in
      // The empty span may have no address; PCRE2 wants one even for no bytes (1).
      guard let base = bytes.baseAddress else {
        return unsafe withUnsafePointer(to: UInt8(0)) {
          unsafe pcre2_match_8(code, $0, 0, 0, 0, data, context)
        }
      }
      return unsafe pcre2_match_8(code, base, bytes.count, 0, 0, data, context)
    }
    // Zero is a match as well: it says that the offsets of captures had no room.
    if result >= 0 {
      // Match data always have room for the one pair of offsets that is read here (1).
      let offsets = unsafe pcre2_get_ovector_pointer_8(data)
      guard let offsets = unsafe offsets else { return .gaveUp }
      let (first, second) = unsafe (offsets[0], offsets[1])
      // A lookbehind with \K can put the start behind the end.
      return .match(start: min(first, second), end: max(first, second))
    }
    return result == PCRE2_ERROR_NOMATCH ? .noMatch : .gaveUp
  }

  private static func message(of errorCode: CInt) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    let length = unsafe text.withUnsafeMutableBufferPointer {
      unsafe pcre2_get_error_message_8(errorCode, $0.baseAddress, $0.count)
    }
    guard length > 0 else { return "error \(errorCode)" }
    return String(decoding: text.prefix(Int(length)), as: UTF8.self)
  }
}

/// What one worker needs to search for patterns: match data, limits and a JIT stack.
///
/// `@unchecked Sendable`: it owns its C objects alone and they are not bound to a thread (2).
@safe package struct PatternScratch: ~Copyable, @unchecked Sendable {
  /// How often PCRE2 may try again at one starting place before it gives up.
  ///
  /// AWS WAF has no such limit that we know of. A tenth of PCRE2's default: patterns that need more
  /// need exponentially more.
  static let matchLimit: UInt32 = 1_000_000
  /// The memory for interpreting, in KiB.
  static let heapLimitKiB: UInt32 = 32_768
  /// The memory for machine code, in bytes, at first and at most.
  static let stackBytes = (first: 32_768, most: 1_048_576)

  // All nil where there was no memory for them: every search then gives up.
  fileprivate let data: OpaquePointer?
  fileprivate let context: OpaquePointer?
  private let stack: OpaquePointer?

  /// Scratch for any number of patterns, one after the other.
  package init() {
    // One pair of offsets: only the whole match is of interest.
    unsafe data = pcre2_match_data_create_8(1, nil)
    unsafe context = pcre2_match_context_create_8(nil)
    unsafe stack = pcre2_jit_stack_create_8(Self.stackBytes.first, Self.stackBytes.most, nil)
    guard let context = unsafe context else { return }
    _ = unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
    _ = unsafe pcre2_set_depth_limit_8(context, Self.matchLimit)
    _ = unsafe pcre2_set_heap_limit_8(context, Self.heapLimitKiB)
    // Without a stack of its own, JIT code uses 32 KiB of the machine stack and gives up sooner.
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
  }

  deinit {
    // The stack goes last: the context refers to it.
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }
}
